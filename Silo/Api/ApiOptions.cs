namespace DataExport.Silo.Api;

/// <summary>The admin API: section <c>DataExport:Api</c>.</summary>
internal sealed class ApiOptions
{
    public const string Section = "DataExport:Api";

    /// <summary>
    /// What callers send in the header <c>X-Api-Key</c>. A secret. At least <see cref="KeyLengthMin"/> characters.
    /// </summary>
    public string Key { get; set; } = "";

    /// <summary>
    /// A second key that opens <c>/metrics</c> alone, as a bearer token, so that a scraper need not hold the other. A
    /// secret. Default: none.
    /// </summary>
    public string? MetricsKey { get; set; }

    /// <summary>Shorter keys are refused: they can be guessed.</summary>
    public const int KeyLengthMin = 16;

    /// <summary>Largest body of a request, bytes.</summary>
    public int RequestBytesMax { get; set; } = 1 << 20;

    /// <summary>How long one delta sync with its confirmation may take when asked for over the API.</summary>
    public TimeSpan SyncTimeout { get; set; } = TimeSpan.FromMinutes(30);
}

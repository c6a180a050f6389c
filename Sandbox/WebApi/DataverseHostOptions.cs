namespace DataExport.Sandbox;

/// <summary>How a <see cref="DataverseHost"/> listens.</summary>
public sealed record DataverseHostOptions
{
    /// <summary>Port on loopback; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>How long delta tokens live. Default 7 days, as Dataverse's.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Whether rows, too, are compressed for clients that accept it; metadata always is. Default
    /// <see langword="false"/>: on loopback it costs more than it saves.
    /// </summary>
    public bool CompressesRows { get; init; }

    /// <summary>What one caller may ask.</summary>
    public ServiceLimitOptions Limits { get; init; } = new();

    /// <summary>Largest batch in bytes. Default 16 MiB.</summary>
    public int BatchBytesMax { get; init; } = 16 * 1024 * 1024;
}

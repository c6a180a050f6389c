namespace DataExport;

/// <summary>How long a test waits, in real time, for what must come.</summary>
internal static class Patience
{
    /// <summary>
    /// A fault's limit, never a pace: long enough for a machine that runs everything else at the same time.
    /// </summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
}

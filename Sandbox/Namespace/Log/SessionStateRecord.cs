namespace DataExport.Sandbox;

/// <summary>A session's state as it lies in the log.</summary>
internal sealed record SessionStateRecord(ReadOnlyMemory<byte> State, long SetMilliseconds)
{
    /// <summary>Where its newest record is, and how long that is.</summary>
    public LogSegment? Place { get; set; }

    public int PlaceBytes { get; set; }
}

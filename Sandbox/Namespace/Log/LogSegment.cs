namespace DataExport.Sandbox;

/// <summary>One file of a queue's log. The log's lock guards what changes.</summary>
internal sealed class LogSegment(long number, string path)
{
    public long Number { get; } = number;

    public string Path { get; } = path;

    /// <summary>Bytes of whole records.</summary>
    public long Bytes { get; set; }

    /// <summary>Messages and session states whose newest record is here: with none the file can go.</summary>
    public int LiveRecords { get; set; }
}

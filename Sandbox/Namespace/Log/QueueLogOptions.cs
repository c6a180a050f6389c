namespace DataExport.Sandbox;

/// <summary>How queues are kept on disk.</summary>
public sealed class QueueLogOptions
{
    /// <summary>
    /// A file that has reached this is ended and the next one begun, bytes. It is larger by at most what was written
    /// last. Default 16 MiB.
    /// </summary>
    public long SegmentBytesMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// What is acknowledged is with the operating system, and survives the end of the process in any way. It is forced
    /// to the disk after at most this long, which is what a power cut can cost. Zero: before it is acknowledged.
    /// Default 1 s.
    /// </summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);
}

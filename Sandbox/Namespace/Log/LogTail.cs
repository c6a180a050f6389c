using System.Buffers.Binary;

namespace DataExport.Sandbox;

/// <summary>What lies behind the last record that is whole: the rest of a write, or records behind damage.</summary>
internal static class LogTail
{
    /// <summary>
    /// What looks like a record has its checksum taken, and much may look like one: this is a fraction of a second.
    /// </summary>
    private const long CheckedBytesMax = 1L << 30;

    /// <summary>
    /// Whether a whole record lies anywhere behind. A crash leaves none there. True also when that would take too
    /// long to tell: then somebody has to look, and nothing is lost.
    /// </summary>
    public static bool HoldsRecords(string path, long whole) =>
        HoldsRecords(File.ReadAllBytes(path).AsSpan((int)whole));

    private static bool HoldsRecords(ReadOnlySpan<byte> tail)
    {
        long checkedBytes = 0;
        for (var at = 1; at + LogRecordWriter.HeadBytes < tail.Length; at++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(tail[at..]);
            var kind = (LogRecordKind)tail[at + LogRecordWriter.HeadBytes];
            if (length <= 0
                || length > tail.Length - at - LogRecordWriter.HeadBytes
                || kind is < LogRecordKind.Head or > LogRecordKind.SessionState)
            {
                continue;
            }

            checkedBytes += length;
            if (checkedBytes > CheckedBytesMax || new LogRecordReader(tail[at..]).TryNext())
            {
                return true;
            }
        }

        return false;
    }
}

using System.Buffers.Binary;
using System.Text;

namespace DataExport.Sandbox;

/// <summary>
/// Goes through a file's records. It stops, without a fault, at the first that is not whole: cut off, or with another
/// checksum.
/// </summary>
internal ref struct LogRecordReader(ReadOnlySpan<byte> file)
{
    private readonly ReadOnlySpan<byte> _file = file;
    private ReadOnlySpan<byte> _left;

    /// <summary>Bytes of whole records so far.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes of the record that is being read, its head included.</summary>
    public int RecordBytes { get; private set; }

    public LogRecordKind Kind { get; private set; }

    public bool TryNext()
    {
        var rest = _file[Position..];
        if (rest.Length <= LogRecordWriter.HeadBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        var body = rest[LogRecordWriter.HeadBytes..];
        if (length <= 0 || length > body.Length)
        {
            return false;
        }

        body = body[..length];
        if (LogRecordWriter.Checksum(body) != BinaryPrimitives.ReadUInt32LittleEndian(rest[sizeof(int)..]))
        {
            return false;
        }

        Kind = (LogRecordKind)body[0];
        _left = body[1..];
        RecordBytes = LogRecordWriter.HeadBytes + length;
        Position += RecordBytes;
        return true;
    }

    public byte ReadByte()
    {
        var value = _left[0];
        _left = _left[1..];
        return value;
    }

    public int ReadInt()
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(_left);
        _left = _left[sizeof(int)..];
        return value;
    }

    public long ReadLong()
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(_left);
        _left = _left[sizeof(long)..];
        return value;
    }

    public byte[] ReadBytes()
    {
        var length = ReadInt();
        var value = _left[..length].ToArray();
        _left = _left[length..];
        return value;
    }

    public string? ReadText()
    {
        var length = ReadInt();
        if (length < 0)
        {
            return null;
        }

        var value = Encoding.UTF8.GetString(_left[..length]);
        _left = _left[length..];
        return value;
    }
}

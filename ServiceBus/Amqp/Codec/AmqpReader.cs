using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DataExport.ServiceBus.Amqp;

/// <summary>
/// Reads AMQP values from bytes of any origin: every length is checked, depth and number of values are limited, and
/// what is wrong ends in an <see cref="AmqpDecodeException"/> with its position.
/// </summary>
internal ref partial struct AmqpReader
{
    /// <summary>Deepest nesting of lists, maps, arrays and descriptors.</summary>
    public const int DepthMax = 32;

    private readonly ReadOnlySpan<byte> _data;
    private readonly int _origin;

    // Values that may still be made. Elements of width zero cost the sender nothing, so bytes alone are no limit.
    private int _valuesLeft;

    /// <param name="data">What is read.</param>
    /// <param name="origin">Position of its first byte in what the caller calls the whole, for errors.</param>
    public AmqpReader(ReadOnlySpan<byte> data, int origin = 0)
    {
        _data = data;
        _origin = origin;
        _valuesLeft = data.Length + 256;
    }

    public int Position { get; private set; }

    public readonly int Remaining => _data.Length - Position;

    public readonly bool IsAtEnd => Position >= _data.Length;

    public readonly byte PeekCode() => Position < _data.Length ? _data[Position] : throw Fault("Value is missing");

    public bool TryReadNull()
    {
        if (PeekCode() != AmqpCode.Null)
        {
            return false;
        }

        Position++;
        return true;
    }

    public bool ReadBoolean()
    {
        var start = Position;
        return ReadCode() switch
        {
            AmqpCode.True => true,
            AmqpCode.False => false,
            AmqpCode.Boolean => Take(1)[0] != 0,
            var code => throw Unexpected(start, code, "boolean"),
        };
    }

    public byte ReadUByte()
    {
        var start = Position;
        var code = ReadCode();
        return code == AmqpCode.UByte ? Take(1)[0] : throw Unexpected(start, code, "ubyte");
    }

    public ushort ReadUShort()
    {
        var start = Position;
        var code = ReadCode();
        return code == AmqpCode.UShort
            ? BinaryPrimitives.ReadUInt16BigEndian(Take(2))
            : throw Unexpected(start, code, "ushort");
    }

    public uint ReadUInt()
    {
        var start = Position;
        return ReadCode() switch
        {
            AmqpCode.UInt0 => 0,
            AmqpCode.SmallUInt => Take(1)[0],
            AmqpCode.UInt => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            var code => throw Unexpected(start, code, "uint"),
        };
    }

    public ulong ReadULong()
    {
        var start = Position;
        return ReadCode() switch
        {
            AmqpCode.ULong0 => 0,
            AmqpCode.SmallULong => Take(1)[0],
            AmqpCode.ULong => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
            var code => throw Unexpected(start, code, "ulong"),
        };
    }

    /// <summary>Any signed or unsigned integer that fits a long. Peers differ in the width they choose.</summary>
    public long ReadInteger()
    {
        var start = Position;
        return ReadCode() switch
        {
            AmqpCode.Byte or AmqpCode.SmallInt or AmqpCode.SmallLong => (sbyte)Take(1)[0],
            AmqpCode.Short => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
            AmqpCode.Int => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
            AmqpCode.Long => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
            AmqpCode.UInt0 or AmqpCode.ULong0 => 0,
            AmqpCode.UByte or AmqpCode.SmallUInt or AmqpCode.SmallULong => Take(1)[0],
            AmqpCode.UShort => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            AmqpCode.UInt => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            AmqpCode.ULong => checked((long)Math.Min(BinaryPrimitives.ReadUInt64BigEndian(Take(8)), long.MaxValue)),
            var code => throw Unexpected(start, code, "integer"),
        };
    }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long ReadTimestamp()
    {
        var start = Position;
        var code = ReadCode();
        return code == AmqpCode.Timestamp
            ? BinaryPrimitives.ReadInt64BigEndian(Take(8))
            : throw Unexpected(start, code, "timestamp");
    }

    public ReadOnlySpan<byte> ReadBinary()
    {
        var start = Position;
        return ReadCode() switch
        {
            AmqpCode.Binary8 => Take(TakeLength8()),
            AmqpCode.Binary32 => Take(TakeLength32()),
            var code => throw Unexpected(start, code, "binary"),
        };
    }

    /// <summary>The UTF-8 bytes of a string or a symbol: peers mix the two up where only text matters.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        var start = Position;
        return ReadCode() switch
        {
            AmqpCode.String8 or AmqpCode.Symbol8 => Take(TakeLength8()),
            AmqpCode.String32 or AmqpCode.Symbol32 => Take(TakeLength32()),
            var code => throw Unexpected(start, code, "string or symbol"),
        };
    }

    /// <summary>A string or a symbol.</summary>
    public string ReadString() => Encoding.UTF8.GetString(ReadText());

    /// <summary>The descriptor of a described value, as a number; 0 for one that is not known here.</summary>
    public ulong ReadDescriptor()
    {
        var start = Position;
        var code = ReadCode();
        if (code != AmqpCode.Described)
        {
            throw Unexpected(start, code, "described value");
        }

        return PeekCode() is AmqpCode.Symbol8 or AmqpCode.Symbol32
            ? AmqpDescriptor.FromSymbol(ReadText())
            : ReadULong();
    }

    public readonly ReadOnlySpan<byte> Slice(int start, int end) => _data[start..end];

    /// <summary>Everything that has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest() => _data[Math.Min(Position, _data.Length)..];

    private byte ReadCode() => Position < _data.Length ? _data[Position++] : throw Fault("Value is missing");

    private int TakeLength8() => Take(1)[0];

    private int TakeLength32()
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(Take(4));
        return length <= Remaining ? (int)length : throw Fault("Value is longer than what holds it");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > Remaining)
        {
            throw Fault("Value is cut off");
        }

        var taken = _data.Slice(Position, length);
        Position += length;
        return taken;
    }

    private readonly AmqpDecodeException Fault(string message) => new(_origin + Position, message);

    [SuppressMessage("Globalization", "CA1305", Justification = "Hexadecimal has no culture.")]
    private readonly AmqpDecodeException Unexpected(int start, byte code, string expected) =>
        new(_origin + start, $"Expected {expected}, found constructor 0x{code:x2}");
}

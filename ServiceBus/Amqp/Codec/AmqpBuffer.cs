using System.Buffers.Binary;
using System.Text;

namespace DataExport.ServiceBus.Amqp;

/// <summary>Writes AMQP values into memory that grows. Not thread-safe: its owner's lock guards it.</summary>
internal sealed partial class AmqpBuffer(int capacity = 256)
{
    private const int SizePatch8 = 2;
    private byte[] _array = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, Length);

    /// <summary>
    /// Empties the buffer. One that a burst has blown up past <paramref name="keepBytes"/> is let go.
    /// </summary>
    public void Clear(int keepBytes = int.MaxValue)
    {
        Length = 0;
        if (_array.Length > keepBytes)
        {
            _array = new byte[keepBytes];
        }
    }

    /// <summary>Room for <paramref name="bytes"/> more bytes, counted as written.</summary>
    public Span<byte> Reserve(int bytes)
    {
        var start = Length;
        if (_array.Length - start < bytes)
        {
            Grow(bytes);
        }

        Length = start + bytes;
        return _array.AsSpan(start, bytes);
    }

    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    public void WriteNull() => WriteByte(AmqpCode.Null);

    public void WriteBoolean(bool value) => WriteByte(value ? AmqpCode.True : AmqpCode.False);

    public void WriteUByte(byte value) => WritePair(AmqpCode.UByte, value);

    public void WriteUShort(ushort value)
    {
        var span = Reserve(3);
        span[0] = AmqpCode.UShort;
        BinaryPrimitives.WriteUInt16BigEndian(span[1..], value);
    }

    public void WriteUInt(uint value)
    {
        if (value == 0)
        {
            WriteByte(AmqpCode.UInt0);
        }
        else if (value <= byte.MaxValue)
        {
            WritePair(AmqpCode.SmallUInt, (byte)value);
        }
        else
        {
            Write32(AmqpCode.UInt, value);
        }
    }

    public void WriteULong(ulong value)
    {
        if (value == 0)
        {
            WriteByte(AmqpCode.ULong0);
        }
        else if (value <= byte.MaxValue)
        {
            WritePair(AmqpCode.SmallULong, (byte)value);
        }
        else
        {
            Write64(AmqpCode.ULong, value);
        }
    }

    public void WriteInt(int value)
    {
        if (value is >= sbyte.MinValue and <= sbyte.MaxValue)
        {
            WritePair(AmqpCode.SmallInt, (byte)value);
        }
        else
        {
            Write32(AmqpCode.Int, (uint)value);
        }
    }

    public void WriteLong(long value)
    {
        if (value is >= sbyte.MinValue and <= sbyte.MaxValue)
        {
            WritePair(AmqpCode.SmallLong, (byte)value);
        }
        else
        {
            Write64(AmqpCode.Long, (ulong)value);
        }
    }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public void WriteTimestamp(long milliseconds) => Write64(AmqpCode.Timestamp, (ulong)milliseconds);

    public void WriteUuid(Guid value)
    {
        var span = Reserve(17);
        span[0] = AmqpCode.Uuid;
        value.TryWriteBytes(span[1..], bigEndian: true, out _);
    }

    public void WriteBinary(ReadOnlySpan<byte> value)
    {
        WriteVariableHead(AmqpCode.Binary8, AmqpCode.Binary32, value.Length);
        WriteRaw(value);
    }

    public void WriteString(string value) => WriteText(AmqpCode.String8, AmqpCode.String32, value);

    public void WriteSymbol(string value) => WriteText(AmqpCode.Symbol8, AmqpCode.Symbol32, value);

    public void WriteSymbol(ReadOnlySpan<byte> ascii)
    {
        WriteVariableHead(AmqpCode.Symbol8, AmqpCode.Symbol32, ascii.Length);
        WriteRaw(ascii);
    }

    public void WriteStringOrNull(string? value)
    {
        if (value is null)
        {
            WriteNull();
        }
        else
        {
            WriteString(value);
        }
    }

    public void WriteDescriptor(ulong descriptor)
    {
        WriteByte(AmqpCode.Described);
        WriteULong(descriptor);
    }

    /// <summary>Begins a list and returns the mark that <see cref="EndCompound"/> takes.</summary>
    public int BeginList() => BeginCompound(AmqpCode.List8);

    /// <summary>Begins a map and returns the mark that <see cref="EndCompound"/> takes.</summary>
    public int BeginMap() => BeginCompound(AmqpCode.Map8);

    /// <summary>
    /// Ends a list or map with <paramref name="count"/> elements. It was begun in the short form; one that grew past it
    /// is moved to make room for the long form.
    /// </summary>
    public void EndCompound(int mark, int count)
    {
        var bodyStart = mark + 1 + SizePatch8;
        var bodyBytes = Length - bodyStart;
        if (bodyBytes + 1 <= byte.MaxValue && count <= byte.MaxValue)
        {
            _array[mark + 1] = (byte)(bodyBytes + 1);
            _array[mark + 2] = (byte)count;
            return;
        }

        const int growth = 6;
        Reserve(growth);
        _array.AsSpan(bodyStart, bodyBytes).CopyTo(_array.AsSpan(bodyStart + growth));
        _array[mark] += 0x10;
        BinaryPrimitives.WriteInt32BigEndian(_array.AsSpan(mark + 1), bodyBytes + 4);
        BinaryPrimitives.WriteInt32BigEndian(_array.AsSpan(mark + 5), count);
    }

    /// <summary>Begins a frame and returns the mark that <see cref="EndFrame"/> takes.</summary>
    public int BeginFrame(byte type, ushort channel)
    {
        var mark = Length;
        var span = Reserve(8);
        span[4] = 2;
        span[5] = type;
        BinaryPrimitives.WriteUInt16BigEndian(span[6..], channel);
        return mark;
    }

    public void EndFrame(int mark) => BinaryPrimitives.WriteInt32BigEndian(_array.AsSpan(mark), Length - mark);

    /// <summary>Writes over what was reserved.</summary>
    public void Overwrite(int start, ReadOnlySpan<byte> bytes) => bytes.CopyTo(_array.AsSpan(start, Length - start));

    /// <summary>Gives bytes at the end back.</summary>
    public void Truncate(int length) => Length = length;

    private int BeginCompound(byte code)
    {
        var mark = Length;
        Reserve(3)[0] = code;
        return mark;
    }

    private void WriteText(byte code8, byte code32, string value)
    {
        var bytes = Encoding.UTF8.GetByteCount(value);
        WriteVariableHead(code8, code32, bytes);
        Encoding.UTF8.GetBytes(value, Reserve(bytes));
    }

    private void WriteVariableHead(byte code8, byte code32, int bytes)
    {
        if (bytes <= byte.MaxValue)
        {
            WritePair(code8, (byte)bytes);
        }
        else
        {
            Write32(code32, (uint)bytes);
        }
    }

    private void WritePair(byte code, byte value)
    {
        var span = Reserve(2);
        span[1] = value;
        span[0] = code;
    }

    private void Write32(byte code, uint value)
    {
        var span = Reserve(5);
        span[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], value);
    }

    private void Write64(byte code, ulong value)
    {
        var span = Reserve(9);
        span[0] = code;
        BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
    }

    private void Grow(int bytes)
    {
        var needed = checked(Length + bytes);
        var doubled = (int)Math.Min(Array.MaxLength, _array.Length * 2L);
        Array.Resize(ref _array, Math.Max(needed, doubled));
    }
}

using System.Buffers.Binary;
using System.Text;

namespace DataExport.ServiceBus.Amqp;

internal ref partial struct AmqpReader
{
    private static readonly long MinMilliseconds = DateTimeOffset.MinValue.ToUnixTimeMilliseconds();
    private static readonly long MaxMilliseconds = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>A moment, clamped to what .NET can hold: the service sends the end of time for "never".</summary>
    public static DateTimeOffset ToTime(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, MinMilliseconds, MaxMilliseconds));

    /// <summary>
    /// One value of any type. Lists become <see cref="List{T}"/>, maps <see cref="Dictionary{TKey,TValue}"/> of
    /// object, arrays <c>object?[]</c>, binary <c>byte[]</c>; see <see cref="AmqpSymbol"/> and its neighbours for types
    /// that .NET does not know.
    /// </summary>
    public object? ReadObject() => ReadObject(0);

    private object? ReadObject(int depth)
    {
        if (depth > DepthMax)
        {
            throw Fault("Values are nested too deep");
        }

        var code = ReadCode();
        if (code != AmqpCode.Described)
        {
            return ReadObjectBody(code, depth);
        }

        var descriptor = ReadObject(depth + 1);
        return new AmqpDescribed(descriptor, ReadObject(depth + 1));
    }

    private object? ReadObjectBody(byte code, int depth) => code switch
    {
        AmqpCode.Null => null,
        AmqpCode.True => true,
        AmqpCode.False => false,
        AmqpCode.Boolean => Take(1)[0] != 0,
        AmqpCode.String8 => Encoding.UTF8.GetString(Take(TakeLength8())),
        AmqpCode.String32 => Encoding.UTF8.GetString(Take(TakeLength32())),
        AmqpCode.Symbol8 => new AmqpSymbol(Encoding.UTF8.GetString(Take(TakeLength8()))),
        AmqpCode.Symbol32 => new AmqpSymbol(Encoding.UTF8.GetString(Take(TakeLength32()))),
        AmqpCode.Binary8 => Take(TakeLength8()).ToArray(),
        AmqpCode.Binary32 => Take(TakeLength32()).ToArray(),
        AmqpCode.Uuid => new Guid(Take(16), bigEndian: true),
        AmqpCode.Timestamp => ToTime(BinaryPrimitives.ReadInt64BigEndian(Take(8))),
        AmqpCode.List0 or AmqpCode.List8 or AmqpCode.List32 => ReadListBody(code, depth),
        AmqpCode.Map8 or AmqpCode.Map32 => ReadMapBody(code, depth),
        AmqpCode.Array8 or AmqpCode.Array32 => ReadArrayBody(depth),
        _ => ReadNumberBody(code),
    };

    private object ReadNumberBody(byte code) => code switch
    {
        AmqpCode.UByte => Take(1)[0],
        AmqpCode.UShort => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        AmqpCode.UInt0 => 0u,
        AmqpCode.SmallUInt => (uint)Take(1)[0],
        AmqpCode.UInt => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        AmqpCode.ULong0 => 0ul,
        AmqpCode.SmallULong => (ulong)Take(1)[0],
        AmqpCode.ULong => BinaryPrimitives.ReadUInt64BigEndian(Take(8)),
        AmqpCode.Byte => (sbyte)Take(1)[0],
        AmqpCode.Short => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        AmqpCode.SmallInt => (int)(sbyte)Take(1)[0],
        AmqpCode.Int => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        AmqpCode.SmallLong => (long)(sbyte)Take(1)[0],
        AmqpCode.Long => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        AmqpCode.Float => BinaryPrimitives.ReadSingleBigEndian(Take(4)),
        AmqpCode.Double => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
        AmqpCode.Char => new AmqpChar(BinaryPrimitives.ReadUInt32BigEndian(Take(4))),
        AmqpCode.Decimal32 => new AmqpDecimal(code, BinaryPrimitives.ReadUInt32BigEndian(Take(4))),
        AmqpCode.Decimal64 => new AmqpDecimal(code, BinaryPrimitives.ReadUInt64BigEndian(Take(8))),
        AmqpCode.Decimal128 => new AmqpDecimal(code, BinaryPrimitives.ReadUInt128BigEndian(Take(16))),
        _ => throw Unexpected(Position - 1, code, "value"),
    };

    private List<object?> ReadListBody(byte code, int depth)
    {
        var bounds = code switch
        {
            AmqpCode.List0 => new Compound(Position, 0),
            AmqpCode.List8 => ReadBounds8(),
            _ => ReadBounds32(),
        };
        var values = new List<object?>(Math.Min(bounds.Count, 64));
        for (var index = 0; index < bounds.Count; index++)
        {
            values.Add(ReadObject(depth + 1));
        }

        EndAt(bounds);
        return values;
    }

    private Dictionary<object, object?> ReadMapBody(byte code, int depth)
    {
        var bounds = code == AmqpCode.Map8 ? ReadBounds8() : ReadBounds32();
        var values = new Dictionary<object, object?>(Math.Min(bounds.Count / 2, 64));
        for (var index = 0; index + 1 < bounds.Count; index += 2)
        {
            var key = ReadObject(depth + 1) ?? throw Fault("Map has a null key");
            values[key] = ReadObject(depth + 1);
        }

        return bounds.Count % 2 == 0 ? EndAt(bounds, values) : throw Fault("Map has a key without a value");
    }

    private object?[] ReadArrayBody(int depth)
    {
        Position--;
        var bounds = ReadArray(out var elementCode);
        object? descriptor = null;
        var isDescribed = elementCode == AmqpCode.Described;
        if (isDescribed)
        {
            descriptor = ReadObject(depth + 1);
            elementCode = ReadCode();
        }

        var values = new object?[bounds.Count];
        for (var index = 0; index < values.Length; index++)
        {
            if (depth + 1 > DepthMax)
            {
                throw Fault("Values are nested too deep");
            }

            var value = ReadElementBody(elementCode, depth + 1);
            values[index] = isDescribed ? new AmqpDescribed(descriptor, value) : value;
        }

        return EndAt(bounds, values);
    }

    private object? ReadElementBody(byte code, int depth)
    {
        if (code is not (AmqpCode.Array8 or AmqpCode.Array32))
        {
            return ReadObjectBody(code, depth);
        }

        // An array of arrays: the elements carry no constructor of their own, which ReadArray would look for.
        var bounds = code == AmqpCode.Array8 ? ReadBounds8() : ReadBounds32();
        var elementCode = ReadCode();
        var values = new object?[bounds.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = depth < DepthMax
                ? ReadElementBody(elementCode, depth + 1)
                : throw Fault("Values are nested too deep");
        }

        return EndAt(bounds, values);
    }

    private readonly T EndAt<T>(Compound bounds, T value)
    {
        EndAt(bounds);
        return value;
    }

    private readonly void EndAt(Compound bounds)
    {
        if (Position != bounds.End)
        {
            throw Fault("Compound value's size and elements differ");
        }
    }
}

using System.Buffers.Binary;
using System.Collections;
using System.Text;

namespace DataExport.ServiceBus.Amqp;

internal sealed partial class AmqpBuffer
{
    /// <summary>Writes a value of any type that <see cref="AmqpReader.ReadObject()"/> gives, and of .NET's.</summary>
    /// <exception cref="ArgumentException">AMQP has no such type.</exception>
    public void WriteObject(object? value)
    {
        switch (value)
        {
            case null:
                WriteNull();
                break;
            case string text:
                WriteString(text);
                break;
            case AmqpSymbol symbol:
                WriteSymbol(symbol.Name);
                break;
            case bool flag:
                WriteBoolean(flag);
                break;
            case Guid uuid:
                WriteUuid(uuid);
                break;
            case DateTimeOffset time:
                WriteTimestamp(time.ToUnixTimeMilliseconds());
                break;
            case DateTime time:
                WriteTimestamp(new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds());
                break;
            case byte[] binary:
                WriteBinary(binary);
                break;
            case AmqpDescribed described:
                WriteByte(AmqpCode.Described);
                WriteObject(described.Descriptor);
                WriteObject(described.Value);
                break;
            default:
                WriteNumberOrCompound(value);
                break;
        }
    }

    public void WriteUuidArray(ReadOnlySpan<Guid> values)
    {
        WriteArrayHead(AmqpCode.Uuid, values.Length, values.Length * 16);
        foreach (var value in values)
        {
            value.TryWriteBytes(Reserve(16), bigEndian: true, out _);
        }
    }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public void WriteTimestampArray(ReadOnlySpan<long> values) => Write64Array(AmqpCode.Timestamp, values);

    public void WriteLongArray(ReadOnlySpan<long> values) => Write64Array(AmqpCode.Long, values);

    public void WriteSymbolArray(ReadOnlySpan<string> values) => WriteTextArray(AmqpCode.Symbol32, values);

    public void WriteStringArray(ReadOnlySpan<string> values) => WriteTextArray(AmqpCode.String32, values);

    private void WriteTextArray(byte code, ReadOnlySpan<string> values)
    {
        var bytes = 0;
        foreach (var value in values)
        {
            bytes += 4 + Encoding.UTF8.GetByteCount(value);
        }

        WriteArrayHead(code, values.Length, bytes);
        foreach (var value in values)
        {
            var length = Encoding.UTF8.GetByteCount(value);
            BinaryPrimitives.WriteInt32BigEndian(Reserve(4), length);
            Encoding.UTF8.GetBytes(value, Reserve(length));
        }
    }

    private void WriteNumberOrCompound(object value)
    {
        switch (value)
        {
            case int number:
                WriteInt(number);
                break;
            case long number:
                WriteLong(number);
                break;
            case uint number:
                WriteUInt(number);
                break;
            case ulong number:
                WriteULong(number);
                break;
            case double number:
                Write64(AmqpCode.Double, (ulong)BitConverter.DoubleToInt64Bits(number));
                break;
            case float number:
                Write32(AmqpCode.Float, (uint)BitConverter.SingleToInt32Bits(number));
                break;
            case IDictionary map:
                WriteMap(map);
                break;
            case object?[] array:
                WriteArray(array);
                break;
            case IList list:
                WriteList(list);
                break;
            default:
                WriteRareNumber(value);
                break;
        }
    }

    private void WriteRareNumber(object value)
    {
        switch (value)
        {
            case byte number:
                WriteUByte(number);
                break;
            case sbyte number:
                WritePair(AmqpCode.Byte, (byte)number);
                break;
            case ushort number:
                WriteUShort(number);
                break;
            case short number:
                WriteByte(AmqpCode.Short);
                BinaryPrimitives.WriteInt16BigEndian(Reserve(2), number);
                break;
            case char letter:
                Write32(AmqpCode.Char, letter);
                break;
            case AmqpChar letter:
                Write32(AmqpCode.Char, letter.Value);
                break;
            case AmqpDecimal number:
                WriteByte(number.Code);
                WriteDecimalBits(number);
                break;
            case TimeSpan span:
                WriteDescribedLong("com.microsoft:timespan", span.Ticks);
                break;
            case Uri uri:
                WriteByte(AmqpCode.Described);
                WriteSymbol("com.microsoft:uri"u8);
                WriteString(uri.OriginalString);
                break;
            default:
                throw new ArgumentException($"AMQP has no type for {value.GetType().Name}.", nameof(value));
        }
    }

    private void WriteDescribedLong(string descriptor, long value)
    {
        WriteByte(AmqpCode.Described);
        WriteSymbol(descriptor);
        WriteLong(value);
    }

    private void WriteDecimalBits(AmqpDecimal number)
    {
        switch (number.Code)
        {
            case AmqpCode.Decimal32:
                BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), (uint)number.Bits);
                break;
            case AmqpCode.Decimal64:
                BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), (ulong)number.Bits);
                break;
            default:
                BinaryPrimitives.WriteUInt128BigEndian(Reserve(16), number.Bits);
                break;
        }
    }

    private void WriteMap(IDictionary map)
    {
        var mark = BeginMap();
        foreach (DictionaryEntry entry in map)
        {
            WriteObject(entry.Key);
            WriteObject(entry.Value);
        }

        EndCompound(mark, map.Count * 2);
    }

    private void WriteList(IList list)
    {
        var mark = BeginList();
        foreach (var item in list)
        {
            WriteObject(item);
        }

        EndCompound(mark, list.Count);
    }

    /// <summary>
    /// An array's elements share one constructor, so they must be of one of the types that peers use here.
    /// </summary>
    private void WriteArray(object?[] array)
    {
        switch (array)
        {
            case []:
                WriteArrayHead(AmqpCode.Null, 0, 0);
                break;
            case [Guid, ..]:
                WriteUuidArray(Array.ConvertAll(array, item => (Guid)item!));
                break;
            case [long, ..]:
                WriteLongArray(Array.ConvertAll(array, item => (long)item!));
                break;
            case [AmqpSymbol, ..]:
                WriteSymbolArray(Array.ConvertAll(array, item => ((AmqpSymbol)item!).Name));
                break;
            case [string, ..]:
                WriteStringArray(Array.ConvertAll(array, item => (string)item!));
                break;
            case [DateTimeOffset, ..]:
                WriteTimestampArray(
                    Array.ConvertAll(array, item => ((DateTimeOffset)item!).ToUnixTimeMilliseconds()));
                break;
            default:
                throw new ArgumentException($"No array of {array[0]?.GetType().Name ?? "null"} is written.");
        }
    }

    private void Write64Array(byte code, ReadOnlySpan<long> values)
    {
        WriteArrayHead(code, values.Length, values.Length * 8);
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt64BigEndian(Reserve(8), value);
        }
    }

    private void WriteArrayHead(byte elementCode, int count, int elementBytes)
    {
        var span = Reserve(10);
        span[0] = AmqpCode.Array32;
        BinaryPrimitives.WriteInt32BigEndian(span[1..], elementBytes + 5);
        BinaryPrimitives.WriteInt32BigEndian(span[5..], count);
        span[9] = elementCode;
    }
}

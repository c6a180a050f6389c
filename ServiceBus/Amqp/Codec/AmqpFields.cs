namespace DataExport.ServiceBus.Amqp;

/// <summary>
/// Reads the fields of a composite type in their order. A field that is null, or that the sender left off the end, has
/// its default.
/// </summary>
internal ref struct AmqpFields(AmqpReader reader, int count)
{
    private AmqpReader _reader = reader;
    private int _left = count;

    public uint UInt(uint otherwise = 0) => Next() ? _reader.ReadUInt() : otherwise;

    public uint? UIntOrNull() => Next() ? _reader.ReadUInt() : null;

    public uint RequiredUInt(string name) => Next() ? _reader.ReadUInt() : throw Missing(name);

    public ulong ULong(ulong otherwise = 0) => Next() ? _reader.ReadULong() : otherwise;

    public ushort UShort(ushort otherwise = 0) => Next() ? _reader.ReadUShort() : otherwise;

    public ushort? UShortOrNull() => Next() ? _reader.ReadUShort() : null;

    public byte UByte(byte otherwise = 0) => Next() ? _reader.ReadUByte() : otherwise;

    public bool Boolean(bool otherwise = false) => Next() ? _reader.ReadBoolean() : otherwise;

    public bool RequiredBoolean(string name) => Next() ? _reader.ReadBoolean() : throw Missing(name);

    public string? Text() => Next() ? _reader.ReadString() : null;

    public string RequiredText(string name) => Next() ? _reader.ReadString() : throw Missing(name);

    public ReadOnlySpan<byte> Binary() => Next() ? _reader.ReadBinary() : default;

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long? TimestampOrNull() => Next() ? _reader.ReadTimestamp() : null;

    public object? Object() => Next() ? _reader.ReadObject() : null;

    public Dictionary<object, object?>? Map() => Object() as Dictionary<object, object?>;

    /// <summary>The bytes of one value, not decoded; empty when it is null.</summary>
    public ReadOnlySpan<byte> Raw()
    {
        if (!Next())
        {
            return default;
        }

        var start = _reader.Position;
        _reader.Skip();
        return _reader.Slice(start, _reader.Position);
    }

    public AmqpOutcome Outcome() => Next() ? AmqpOutcome.Read(ref _reader) : default;

    public AmqpError? Error() => Next() ? AmqpError.Read(ref _reader) : null;

    public void Skip()
    {
        if (Next())
        {
            _reader.Skip();
        }
    }

    private bool Next() => _left-- > 0 && !_reader.TryReadNull();

    private readonly AmqpDecodeException Missing(string name) => new(_reader.Position, $"Field {name} is missing");
}

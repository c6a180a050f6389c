namespace DataExport.ServiceBus.Amqp;

/// <summary>Maps whose keys are text.</summary>
internal static class AmqpMaps
{
    /// <summary>
    /// Reads a map of text keys. Empty bytes give an empty map; Service Bus' own described types are undone.
    /// </summary>
    public static Dictionary<string, object?> ReadByName(ReadOnlySpan<byte> encoded)
    {
        var values = new Dictionary<string, object?>();
        if (encoded.IsEmpty)
        {
            return values;
        }

        var reader = new AmqpReader(encoded);
        var map = reader.ReadMap();
        for (var index = 0; index < map.Count; index += 2)
        {
            var key = reader.ReadString();
            values[key] = Undescribe(reader.ReadObject());
        }

        return values;
    }

    public static void WriteByName(AmqpBuffer buffer, IReadOnlyCollection<KeyValuePair<string, object?>> values)
    {
        var mark = buffer.BeginMap();
        foreach (var (key, value) in values)
        {
            buffer.WriteString(key);
            buffer.WriteObject(value);
        }

        buffer.EndCompound(mark, values.Count * 2);
    }

    /// <summary>
    /// The value of <paramref name="name"/>. Peers write keys as symbols or as strings, whatever is specified.
    /// </summary>
    public static object? Find(Dictionary<object, object?>? map, string name) =>
        map is not null && (map.TryGetValue(name, out var value) || map.TryGetValue(new AmqpSymbol(name), out value))
            ? value
            : null;

    /// <summary>The map with its keys as text; null for null.</summary>
    public static Dictionary<string, object?>? ByName(Dictionary<object, object?>? map)
    {
        if (map is null)
        {
            return null;
        }

        var named = new Dictionary<string, object?>(map.Count);
        foreach (var (key, value) in map)
        {
            named[key.ToString() ?? ""] = value;
        }

        return named;
    }

    private static object? Undescribe(object? value) => value switch
    {
        AmqpDescribed { Descriptor: AmqpSymbol { Name: "com.microsoft:timespan" }, Value: long ticks } =>
            TimeSpan.FromTicks(ticks),
        AmqpDescribed { Descriptor: AmqpSymbol { Name: "com.microsoft:datetime-offset" }, Value: long ticks }
            when ticks >= 0 && ticks <= DateTime.MaxValue.Ticks => new DateTimeOffset(ticks, TimeSpan.Zero),
        AmqpDescribed { Descriptor: AmqpSymbol { Name: "com.microsoft:uri" }, Value: string uri } => uri,
        _ => value,
    };
}

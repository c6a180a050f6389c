using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>What a peer asks a $management node, whichever of the allowed types it writes.</summary>
internal readonly struct ManagementRequest(AmqpExchange exchange)
{
    private readonly Dictionary<object, object?>? _body = exchange.Body as Dictionary<object, object?>;

    /// <summary>Repeated as the answer's correlation id.</summary>
    public object? MessageId => exchange.MessageId;

    public string? Operation => exchange.Properties.GetValueOrDefault("operation")?.ToString();

    public string? SessionId => Text("session-id");

    public string? Text(string name) => this[name]?.ToString();

    public bool Flag(string name) => this[name] is true;

    public Dictionary<string, object?>? Properties(string name) =>
        AmqpMaps.ByName(this[name] as Dictionary<object, object?>);

    public long? Number(string name) => ToLong(this[name]);

    /// <summary>An array or a list of uuids; false when it is empty, or holds anything else.</summary>
    public bool TryGetUuids(string name, out Guid[] uuids) =>
        TryGetAll(name, item => item as Guid?, out uuids);

    /// <summary>An array or a list of numbers; false when it is empty, or holds anything else.</summary>
    public bool TryGetNumbers(string name, out long[] numbers) => TryGetAll(name, ToLong, out numbers);

    /// <summary>A list of maps; false when it is empty, or holds anything else.</summary>
    public bool TryGetMaps(string name, out Dictionary<object, object?>[] maps)
    {
        maps = Items(name).OfType<Dictionary<object, object?>>().ToArray();
        return maps.Length > 0 && maps.Length == Items(name).Count;
    }

    public bool TryGet(string name, out object? value)
    {
        value = null;
        return _body is not null
            && (_body.TryGetValue(name, out value) || _body.TryGetValue(new AmqpSymbol(name), out value));
    }

    /// <summary>Any whole number; null for everything else.</summary>
    public static long? ToLong(object? value) => value switch
    {
        long number => number,
        int number => number,
        uint number => number,
        ulong number => (long)Math.Min(number, long.MaxValue),
        short number => number,
        ushort number => number,
        byte number => number,
        sbyte number => number,
        double number when Math.Abs(number) < long.MaxValue => (long)number,
        _ => null,
    };

    private object? this[string name] => AmqpMaps.Find(_body, name);

    private IReadOnlyList<object?> Items(string name) => this[name] switch
    {
        object?[] array => array,
        List<object?> list => list,
        _ => [],
    };

    private bool TryGetAll<T>(string name, Func<object?, T?> read, out T[] values)
        where T : struct
    {
        var items = Items(name);
        values = new T[items.Count];
        for (var index = 0; index < values.Length; index++)
        {
            if (read(items[index]) is not { } value)
            {
                return false;
            }

            values[index] = value;
        }

        return values.Length > 0;
    }
}

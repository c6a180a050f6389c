using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests;

/// <summary>Values of every AMQP type, drawn from a seed.</summary>
internal sealed class RandomValues(int seed)
{
    private static readonly DateTimeOffset FirstTime = DateTimeOffset.FromUnixTimeMilliseconds(-62_135_596_800_000);
    private readonly Random _random = new(seed);

    public object? Next(int depth = 0) => _random.Next(depth < 4 ? 25 : 20) switch
    {
        0 => null,
        1 => _random.Next(2) == 0,
        2 => (byte)_random.Next(256),
        3 => (sbyte)_random.Next(-128, 128),
        4 => (ushort)_random.Next(ushort.MaxValue + 1),
        5 => (short)_random.Next(short.MinValue, short.MaxValue + 1),
        6 => (uint)Magnitude(),
        7 => (int)Magnitude(),
        8 => (ulong)Magnitude(),
        9 => Magnitude(),
        10 => (float)_random.NextDouble(),
        11 => _random.NextDouble() * Magnitude(),
        12 => new AmqpChar((uint)_random.Next(0x110000)),
        13 => FirstTime.AddMilliseconds(_random.NextInt64(253_402_300_800_000 + 62_135_596_800_000)),
        14 => NextGuid(),
        15 => Bytes(),
        16 => new string('ä', _random.Next(300)),
        17 => new AmqpSymbol(new string('s', _random.Next(300))),
        18 => new AmqpDecimal(AmqpCode.Decimal64, (ulong)Magnitude()),
        19 => new AmqpDecimal(AmqpCode.Decimal128, new UInt128((ulong)Magnitude(), (ulong)Magnitude())),
        20 => Enumerable.Range(0, _random.Next(6)).Select(_ => Next(depth + 1)).ToList(),
        21 => NextMap(depth),
        22 => new AmqpDescribed((ulong)_random.Next(1000), Next(depth + 1)),
        23 => Enumerable.Range(0, _random.Next(1, 300)).Select(_ => (object?)NextGuid()).ToArray(),
        _ => Enumerable.Range(0, _random.Next(1, 9)).Select(_ => (object?)new AmqpSymbol("x")).ToArray(),
    };

    /// <summary>Compares by structure, which the collections themselves do not.</summary>
    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
        (object?[] a, object?[] b) => a.Length == b.Length && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (Dictionary<object, object?> a, Dictionary<object, object?> b) =>
            a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var value) && Same(pair.Value, value)),
        (AmqpDescribed a, AmqpDescribed b) => Same(a.Descriptor, b.Descriptor) && Same(a.Value, b.Value),
        _ => Equals(left, right),
    };

    private Dictionary<object, object?> NextMap(int depth)
    {
        var map = new Dictionary<object, object?>();
        for (var count = _random.Next(6); count > 0; count--)
        {
            map["key" + _random.Next(1000)] = Next(depth + 1);
        }

        return map;
    }

    /// <summary>Small and large numbers alike, for each encoding's width.</summary>
    private long Magnitude() => _random.NextInt64(long.MinValue, long.MaxValue) >> _random.Next(64);

    private Guid NextGuid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(400)];
        _random.NextBytes(bytes);
        return bytes;
    }
}

using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>Values of every AMQP type pass through any broker as they were.</summary>
public abstract class TypeContract(InteropPeer peer)
{
    private static readonly Dictionary<string, object?> Primitives = new()
    {
        ["null"] = null,
        ["true"] = true,
        ["false"] = false,
        ["ubyte"] = byte.MaxValue,
        ["ushort"] = ushort.MaxValue,
        ["uint 0"] = 0u,
        ["uint small"] = 255u,
        ["uint"] = uint.MaxValue,
        ["ulong 0"] = 0ul,
        ["ulong small"] = 255ul,
        ["ulong"] = ulong.MaxValue,
        ["byte"] = sbyte.MinValue,
        ["short"] = short.MinValue,
        ["int small"] = -128,
        ["int"] = int.MinValue,
        ["long small"] = -128L,
        ["long"] = long.MinValue,
        ["float"] = -1.5f,
        ["double"] = Math.PI,
        ["char"] = new AmqpChar(0x1f600),
        ["timestamp"] = DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_123),
        ["timestamp before 1970"] = DateTimeOffset.FromUnixTimeMilliseconds(-1),
        ["uuid"] = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        ["binary"] = new byte[] { 0, 1, 255 },
        ["binary long"] = new byte[300],
        ["string"] = "Grüße, 世界",
        ["string long"] = new string('ä', 200),
        ["symbol"] = new AmqpSymbol("amqp:symbol"),
        ["symbol long"] = new AmqpSymbol(new string('s', 256)),
        ["decimal32"] = new AmqpDecimal(AmqpCode.Decimal32, 0x2250_0001),
        ["decimal64"] = new AmqpDecimal(AmqpCode.Decimal64, 0x2238_0000_0000_0001),
        ["decimal128"] = new AmqpDecimal(AmqpCode.Decimal128, new UInt128(0x2207_0000_0000_0000, 1)),
    };

    private static readonly Dictionary<string, object?> Compounds = new(Primitives)
    {
        ["list"] = new List<object?> { 1, "two", null, new List<object?>() },
        ["list long"] = Enumerable.Repeat<object?>(true, 300).ToList(),
        ["map"] = new Dictionary<object, object?> { ["key"] = 1L, [new AmqpSymbol("other")] = null, [7] = "seven" },
        ["array of uuid"] = new object?[] { Guid.Empty, new Guid("00112233-4455-6677-8899-aabbccddeeff") },
        ["array of long"] = new object?[] { long.MinValue, 0L, long.MaxValue },
        ["array of symbol"] = new object?[] { new AmqpSymbol("a"), new AmqpSymbol("b") },
        ["described"] = new AmqpDescribed(new AmqpSymbol("test:described"), 12L),
    };

    [Fact]
    public async Task ApplicationProperties_EveryPrimitiveType_ArriveAsSent()
    {
        var arrival = await SendAndReceiveAsync(AmqpDescriptor.ApplicationProperties, Primitives, symbols: false);

        ShouldBeSame(arrival, arrival.Sections.ApplicationProperties, Primitives);
    }

    [Fact]
    public async Task MessageAnnotations_EveryType_ArriveAsSent()
    {
        var values = Compounds.Where(pair => !peer.Limits.UnreadTypes.Contains(pair.Key))
            .ToDictionary(pair => pair.Key, pair => pair.Value);

        var arrival = await SendAndReceiveAsync(AmqpDescriptor.MessageAnnotations, values, symbols: true);

        ShouldBeSame(arrival, arrival.Sections.MessageAnnotations, values);
    }

    [Fact]
    public async Task Value_EveryType_ArrivesAsSent()
    {
        await using var connection = await peer.ConnectAsync();
        var (outbox, inbox) = await AttachAsync(connection);
        foreach (var (name, value) in Compounds)
        {
            if (peer.Limits.UnreadTypes.Contains(name) || peer.Limits.UnreadBodies.Contains(name))
            {
                continue;
            }

            var buffer = new AmqpBuffer();
            buffer.WriteDescriptor(AmqpDescriptor.Value);
            buffer.WriteObject(value);
            (await outbox.SendAsync(buffer.Span.ToArray())).Kind.ShouldBe(AmqpOutcomeKind.Accepted, name);

            var arrival = await inbox.TakeAsync();

            var read = new AmqpReader(arrival.Sections.Value.Of(arrival.Encoded)).ReadObject();
            RandomValues.Same(read, value).ShouldBeTrue($"{name}: {read}");
        }
    }

    [Fact]
    public async Task Properties_EveryField_ArriveAsSent()
    {
        var created = DateTimeOffset.FromUnixTimeMilliseconds(1_795_000_000_000);
        object?[] fields =
        [
            "message", "guest"u8.ToArray(), "to", "subject", "reply-to", 17ul, new AmqpSymbol("application/json"),
            new AmqpSymbol("gzip"), created.AddYears(50), created, "group", 3u, "reply-to-group",
        ];
        var buffer = new AmqpBuffer();
        buffer.WriteDescriptor(AmqpDescriptor.Properties);
        buffer.WriteObject(fields.ToList());
        buffer.WriteRaw(Outbox.Encode("body"));

        var arrival = await SendAndReceiveAsync(buffer.Span.ToArray());

        var read = new AmqpReader(arrival.Sections.Properties.Of(arrival.Encoded)).ReadObject();
        RandomValues.Same(read, fields.ToList()).ShouldBeTrue(string.Join(", ", (List<object?>)read!));
        arrival.Text.ShouldBe("body");
    }

    private Task<Arrival> SendAndReceiveAsync(
        ulong section, Dictionary<string, object?> values, bool symbols)
    {
        var buffer = new AmqpBuffer();
        buffer.WriteDescriptor(section);
        var mark = buffer.BeginMap();
        foreach (var (name, value) in values)
        {
            if (symbols)
            {
                buffer.WriteSymbol(name);
            }
            else
            {
                buffer.WriteString(name);
            }

            buffer.WriteObject(value);
        }

        buffer.EndCompound(mark, values.Count * 2);
        buffer.WriteRaw(Outbox.Encode("body"));
        return SendAndReceiveAsync(buffer.Span.ToArray());
    }

    private async Task<(Outbox Outbox, Inbox Inbox)> AttachAsync(AmqpConnection connection)
    {
        var session = await LinkContract.BeginAsync(connection);
        var queue = peer.NewQueue();
        return (await Outbox.AttachAsync(session, queue), await Inbox.AttachAsync(peer, session, queue));
    }

    private async Task<Arrival> SendAndReceiveAsync(byte[] encoded)
    {
        await using var connection = await peer.ConnectAsync();
        var (outbox, inbox) = await AttachAsync(connection);
        (await outbox.SendAsync(encoded)).Kind.ShouldBe(AmqpOutcomeKind.Accepted);
        return await inbox.TakeAsync();
    }

    private static void ShouldBeSame(Arrival arrival, AmqpSpan section, Dictionary<string, object?> sent)
    {
        var map = (Dictionary<object, object?>)new AmqpReader(section.Of(arrival.Encoded)).ReadObject()!;
        var read = map.ToDictionary(pair => pair.Key.ToString()!, pair => pair.Value);
        foreach (var (name, value) in sent)
        {
            read.ShouldContainKey(name);
            RandomValues.Same(read[name], value).ShouldBeTrue($"{name}: {read[name]}");
        }
    }
}

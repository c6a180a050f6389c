using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests;

public sealed class CodecTests
{
    private const int Seed = 20260;

    [Fact]
    public void ReadObject_WhatWriteObjectWrote_IsTheSameValue()
    {
        var values = new RandomValues(Seed);
        for (var round = 0; round < 3_000; round++)
        {
            var value = values.Next();
            var buffer = new AmqpBuffer();
            buffer.WriteObject(value);

            var reader = new AmqpReader(buffer.Span);
            RandomValues.Same(reader.ReadObject(), value).ShouldBeTrue($"round {round}: {value}");
            reader.IsAtEnd.ShouldBeTrue();
        }
    }

    [Fact]
    public void Skip_AnyValue_EndsBehindIt()
    {
        var values = new RandomValues(Seed + 1);
        for (var round = 0; round < 2_000; round++)
        {
            var buffer = new AmqpBuffer();
            buffer.WriteObject(values.Next());
            buffer.WriteString("next");

            var reader = new AmqpReader(buffer.Span);
            reader.Skip();
            reader.ReadString().ShouldBe("next");
        }
    }

    [Fact]
    public void ReadObject_CutOffOrAlteredBytes_GiveADecodeErrorWithItsPosition()
    {
        var random = new Random(Seed);
        var values = new RandomValues(Seed + 2);
        for (var round = 0; round < 5_000; round++)
        {
            var buffer = new AmqpBuffer();
            buffer.WriteObject(values.Next());
            var bytes = buffer.Span[..random.Next(buffer.Length + 1)].ToArray();
            for (var changes = random.Next(4); changes > 0 && bytes.Length > 0; changes--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            TryRead(bytes);
        }
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xc0)]
    [InlineData(0xd0)]
    [InlineData(0xe0)]
    [InlineData(0xf0)]
    public void ReadObject_NestedTenThousandDeep_IsADecodeError(byte code)
    {
        var buffer = new AmqpBuffer();
        for (var depth = 0; depth < 10_000; depth++)
        {
            buffer.WriteByte(code);
            if (code is 0xd0 or 0xf0)
            {
                buffer.WriteRaw([0, 0, 0x10, 0, 0, 0, 0, 1]);
            }
            else if (code != 0)
            {
                buffer.WriteRaw([0xfe, 1]);
            }
        }

        Should.Throw<AmqpDecodeException>(() => Read(buffer.Span.ToArray()));
    }

    [Fact]
    public void ReadObject_ArrayOfFourBillionNulls_IsADecodeError() => Should.Throw<AmqpDecodeException>(
        () => Read([0xf0, 0, 0, 0, 5, 0xff, 0xff, 0xff, 0xff, 0x40]));

    [Fact]
    public void ReadObject_BinaryLongerThanWhatHoldsIt_IsADecodeError() => Should.Throw<AmqpDecodeException>(
        () => Read([0xb0, 0x7f, 0xff, 0xff, 0xff, 1])).Position.ShouldBe(5);

    [Fact]
    public void ReadObject_MechanismsAsTheServiceSendsThem_AreSymbols()
    {
        // array8 of sym32, as Azure encodes it, and array8 of sym8, as others do.
        byte[] wide = [0xe0, 0x13, 2, 0xb3, 0, 0, 0, 4, .. "ABCD"u8, 0, 0, 0, 5, .. "PLAIN"u8];
        byte[] narrow = [0xe0, 0x0d, 2, 0xa3, 4, .. "ABCD"u8, 5, .. "PLAIN"u8];

        Read(wide).ShouldBe(new object[] { new AmqpSymbol("ABCD"), new AmqpSymbol("PLAIN") });
        Read(narrow).ShouldBe(new object[] { new AmqpSymbol("ABCD"), new AmqpSymbol("PLAIN") });
    }

    [Fact]
    public void WriteUuid_LockToken_IsInNetworkOrder()
    {
        var buffer = new AmqpBuffer();
        buffer.WriteUuid(new Guid("00112233-4455-6677-8899-aabbccddeeff"));

        Convert.ToHexString(buffer.Span).ShouldBe("9800112233445566778899AABBCCDDEEFF");
    }

    [Theory]
    [InlineData(250)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(70_000)]
    public void EndCompound_AnySize_ReadsBack(int items)
    {
        var buffer = new AmqpBuffer();
        buffer.WriteObject(Enumerable.Repeat<object?>(true, items).ToList());

        Read(buffer.Span.ToArray()).ShouldBeOfType<List<object?>>().Count.ShouldBe(items);
    }

    [Fact]
    public void Frames_AllFields_ReadBack()
    {
        var attach = new AmqpAttach
        {
            Name = "link",
            Handle = 7,
            IsReceiver = true,
            SenderSettleMode = 1,
            ReceiverSettleMode = 1,
            Source = AmqpTerminus.Source("queue"),
            Target = AmqpTerminus.Target(null),
            InitialDeliveryCount = 5,
            MaxMessageBytes = ulong.MaxValue,
        };
        var flow = new AmqpFlow
        {
            NextIncomingId = 1,
            IncomingWindow = uint.MaxValue,
            NextOutgoingId = 3,
            OutgoingWindow = 4,
            Handle = 0,
            DeliveryCount = 6,
            LinkCredit = 700,
            Drain = true,
        };

        var read = ReadBack(attach.Write, AmqpDescriptor.Attach, AmqpAttach.Read);
        (read.Name, read.Handle, read.IsReceiver).ShouldBe(("link", 7u, true));
        (read.Source!.Address, read.Target!.Address).ShouldBe(("queue", null));
        (read.InitialDeliveryCount, read.MaxMessageBytes).ShouldBe((5u, ulong.MaxValue));
        ReadBack(flow.Write, AmqpDescriptor.Flow, AmqpFlow.Read).ShouldBe(flow);
    }

    [Fact]
    public void Disposition_RejectionWithReason_ReadsBack()
    {
        var info = new Dictionary<object, object?> { ["DeadLetterReason"] = "why" };
        var disposition = new AmqpDisposition
        {
            IsReceiver = true,
            First = 4_000_000_000,
            Last = 4_000_000_001,
            Outcome = AmqpOutcome.Rejected(new AmqpError("com.microsoft:dead-letter", "text") { Info = info }),
        };

        var read = ReadBack(disposition.Write, AmqpDescriptor.Disposition, AmqpDisposition.Read);

        (read.First, read.Last, read.IsSettled).ShouldBe((4_000_000_000, 4_000_000_001, false));
        read.Outcome.Error!.Description.ShouldBe("text");
        read.Outcome.Error.Info![new AmqpSymbol("DeadLetterReason")].ShouldBe("why");
    }

    private static object? Read(byte[] bytes) => new AmqpReader(bytes).ReadObject();

    private static void TryRead(byte[] bytes)
    {
        try
        {
            Read(bytes);
        }
        catch (AmqpDecodeException exception)
        {
            exception.Position.ShouldBeInRange(0, bytes.Length);
        }
    }

    private static T ReadBack<T>(Action<AmqpBuffer> write, ulong descriptor, ReadFrame<T> read)
    {
        var buffer = new AmqpBuffer();
        write(buffer);
        var reader = new AmqpReader(buffer.Span);
        reader.ReadDescriptor().ShouldBe(descriptor);
        return read(ref reader);
    }

    private delegate T ReadFrame<T>(ref AmqpReader reader);
}

using System.Buffers.Binary;

namespace DataExport.ServiceBus.Amqp;

/// <summary>What happens before the loops start: protocol headers, SASL, open.</summary>
internal sealed class AmqpHandshake(Stream stream, AmqpInput input, AmqpConnectionSettings settings)
{
    private const ulong SaslHeader = 0x414d5150_03010000;
    private const ulong AmqpHeader = 0x414d5150_00010000;

    private readonly AmqpBuffer _buffer = new();

    /// <summary>Connects as client and returns what the peer's open says.</summary>
    public async Task<AmqpOpen> ConnectAsync(CancellationToken cancellationToken)
    {
        await SendHeaderAsync(SaslHeader, cancellationToken);
        await ExpectHeaderAsync(SaslHeader, cancellationToken);
        var sasl = settings.Sasl.ChooseFrom(
            await ReceiveAsync(AmqpFrame.SaslType, ReadMechanisms, cancellationToken));
        await SendAsync(AmqpFrame.SaslType, buffer => WriteInit(buffer, sasl), cancellationToken);
        await ReceiveAsync(AmqpFrame.SaslType, ReadOutcome, cancellationToken);
        await SendHeaderAsync(AmqpHeader, cancellationToken);
        await SendAsync(AmqpFrame.AmqpType, WriteOpen, cancellationToken);
        await ExpectHeaderAsync(AmqpHeader, cancellationToken);
        return await ReceiveAsync(AmqpFrame.AmqpType, ReadOpen, cancellationToken);
    }

    /// <summary>Answers a client and returns what its open says.</summary>
    public async Task<AmqpOpen> AcceptAsync(CancellationToken cancellationToken)
    {
        var header = await ReceiveHeaderAsync(cancellationToken);
        if (header == SaslHeader)
        {
            await SendHeaderAsync(SaslHeader, cancellationToken);
            await SendAsync(AmqpFrame.SaslType, WriteMechanisms, cancellationToken);
            await ReceiveAsync(AmqpFrame.SaslType, ReadInit, cancellationToken);
            await SendAsync(AmqpFrame.SaslType, WriteOutcome, cancellationToken);
            header = await ReceiveHeaderAsync(cancellationToken);
        }

        await SendHeaderAsync(AmqpHeader, cancellationToken);
        if (header != AmqpHeader)
        {
            throw new AmqpDecodeException(0, "Peer does not speak AMQP 1.0");
        }

        var open = await ReceiveAsync(AmqpFrame.AmqpType, ReadOpen, cancellationToken);
        await SendAsync(AmqpFrame.AmqpType, WriteOpen, cancellationToken);
        return open;
    }

    private static string[] ReadMechanisms(ref AmqpReader reader, ulong descriptor)
    {
        Expect(descriptor, AmqpDescriptor.SaslMechanisms);
        var fields = reader.ReadFields();

        // One mechanism may stand alone, without an array around it.
        return fields.Object() switch
        {
            object?[] several => Array.ConvertAll(several, mechanism => mechanism?.ToString() ?? ""),
            var single => [single?.ToString() ?? ""],
        };
    }

    private static string ReadInit(ref AmqpReader reader, ulong descriptor)
    {
        Expect(descriptor, AmqpDescriptor.SaslInit);
        var fields = reader.ReadFields();
        return fields.RequiredText("mechanism") is AmqpSasl.CbsMechanism
            or AmqpSasl.AnonymousMechanism or AmqpSasl.PlainMechanism
            ? ""
            : throw new AmqpProtocolException(AmqpCondition.UnauthorizedAccess, "SASL mechanism was not offered.");
    }

    private static byte ReadOutcome(ref AmqpReader reader, ulong descriptor)
    {
        Expect(descriptor, AmqpDescriptor.SaslOutcome);
        var fields = reader.ReadFields();
        var code = fields.UByte();
        return code == 0
            ? code
            : throw new AmqpProtocolException(AmqpCondition.UnauthorizedAccess, $"SASL outcome {code}.");
    }

    private static AmqpOpen ReadOpen(ref AmqpReader reader, ulong descriptor)
    {
        if (descriptor == AmqpDescriptor.Close)
        {
            throw new AmqpProtocolException(
                AmqpEnding.ReadError(ref reader) ?? new AmqpError(AmqpCondition.ConnectionForced));
        }

        Expect(descriptor, AmqpDescriptor.Open);
        return AmqpOpen.Read(ref reader);
    }

    private static void Expect(ulong descriptor, ulong expected)
    {
        if (descriptor != expected)
        {
            throw new AmqpDecodeException(0, $"Expected performative 0x{expected:x2}, found 0x{descriptor:x2}");
        }
    }

    private static void WriteMechanisms(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor(AmqpDescriptor.SaslMechanisms);
        var mark = buffer.BeginList();
        buffer.WriteSymbolArray([AmqpSasl.CbsMechanism, AmqpSasl.AnonymousMechanism, AmqpSasl.PlainMechanism]);
        buffer.EndCompound(mark, 1);
    }

    private void WriteInit(AmqpBuffer buffer, AmqpSasl sasl)
    {
        buffer.WriteDescriptor(AmqpDescriptor.SaslInit);
        var mark = buffer.BeginList();
        buffer.WriteSymbol(sasl.Mechanism);
        if (sasl.Response is null)
        {
            buffer.WriteNull();
        }
        else
        {
            buffer.WriteBinary(sasl.Response);
        }

        buffer.WriteStringOrNull(settings.HostName);
        buffer.EndCompound(mark, 3);
    }

    private static void WriteOutcome(AmqpBuffer buffer)
    {
        buffer.WriteDescriptor(AmqpDescriptor.SaslOutcome);
        var mark = buffer.BeginList();
        buffer.WriteUByte(0);
        buffer.EndCompound(mark, 1);
    }

    private void WriteOpen(AmqpBuffer buffer) => new AmqpOpen(settings.ContainerId)
    {
        HostName = settings.HostName,
        MaxFrameBytes = (uint)settings.FrameBytesMax,
        ChannelMax = settings.ChannelMax,
        IdleTimeoutMilliseconds = (uint)settings.IdleTimeout.TotalMilliseconds,
    }.Write(buffer);

    private async Task SendAsync(byte type, Action<AmqpBuffer> write, CancellationToken cancellationToken)
    {
        _buffer.Clear();
        var mark = _buffer.BeginFrame(type, 0);
        write(_buffer);
        _buffer.EndFrame(mark);
        await stream.WriteAsync(_buffer.Memory, cancellationToken);
    }

    private async Task SendHeaderAsync(ulong header, CancellationToken cancellationToken)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, header);
        await stream.WriteAsync(bytes, cancellationToken);
    }

    private async Task ExpectHeaderAsync(ulong expected, CancellationToken cancellationToken)
    {
        var header = await ReceiveHeaderAsync(cancellationToken);
        if (header != expected)
        {
            throw new AmqpDecodeException(0, $"Peer answers with protocol header {header:x16}");
        }
    }

    private async Task<ulong> ReceiveHeaderAsync(CancellationToken cancellationToken)
    {
        ulong header;
        while (!input.TryReadHeader(out header))
        {
            await FillAsync(cancellationToken);
        }

        return header;
    }

    private async Task<T> ReceiveAsync<T>(byte type, ReadBody<T> read, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryReceive(type, read, out var result))
            {
                return result;
            }

            await FillAsync(cancellationToken);
        }
    }

    private bool TryReceive<T>(byte type, ReadBody<T> read, out T result)
    {
        result = default!;
        if (!input.TryReadFrame(out var frame))
        {
            return false;
        }

        if (frame.Type != type)
        {
            throw new AmqpDecodeException(5, $"Expected a frame of type {type}, found {frame.Type}");
        }

        var reader = new AmqpReader(frame.Body, AmqpFrame.HeadBytes);
        var descriptor = reader.ReadDescriptor();
        result = read(ref reader, descriptor);
        return true;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        if (!await input.FillAsync(cancellationToken))
        {
            throw new EndOfStreamException("The peer closed the connection during the AMQP handshake.");
        }
    }

    private delegate T ReadBody<T>(ref AmqpReader reader, ulong descriptor);
}

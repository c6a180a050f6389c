using System.Net;
using System.Net.Sockets;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests;

/// <summary>A peer that writes whatever a test wants, right or wrong.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private const int FrameBytesMax = 65_536;
    private readonly NetworkStream _stream;
    private readonly AmqpInput _input;

    private RawPeer(NetworkStream stream)
    {
        _stream = stream;
        _input = new AmqpInput(stream, 2 * FrameBytesMax, FrameBytesMax);
    }

    /// <summary>Connects without a word.</summary>
    public static async Task<RawPeer> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new RawPeer(new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Connects and opens, without SASL.</summary>
    public static async Task<RawPeer> OpenAsync(int port, uint idleTimeoutMilliseconds = 0)
    {
        var peer = await ConnectAsync(port);
        await peer.SendAsync([.. "AMQP"u8, 0, 1, 0, 0]);
        await peer.SendFrameAsync(
            new AmqpOpen("raw") { IdleTimeoutMilliseconds = idleTimeoutMilliseconds }.Write);
        return peer;
    }

    public async Task BeginAsync() => await SendFrameAsync(
        new AmqpBegin { IncomingWindow = 1_000, OutgoingWindow = 1_000, HandleMax = 10 }.Write);

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes);

    public async Task SendFrameAsync(Action<AmqpBuffer> write)
    {
        var buffer = new AmqpBuffer();
        var mark = buffer.BeginFrame(AmqpFrame.AmqpType, 0);
        write(buffer);
        buffer.EndFrame(mark);
        await _stream.WriteAsync(buffer.Memory);
    }

    /// <summary>Reads to the end. Returns the condition of the close, or null when none came.</summary>
    public async Task<string?> ReadToCloseAsync()
    {
        using var patience = new CancellationTokenSource(Broker.Patience);
        while (!_input.TryReadHeader(out _))
        {
            if (!await _input.FillAsync(patience.Token))
            {
                return null;
            }
        }

        string? condition = null;
        do
        {
            while (TryReadClose(ref condition))
            {
            }
        }
        while (await FillAsync(patience.Token));
        return condition;
    }

    /// <summary>Reads up to the first empty frame.</summary>
    public async Task ReadHeartbeatAsync()
    {
        using var patience = new CancellationTokenSource(Broker.Patience);
        while (!_input.TryReadHeader(out _))
        {
            (await _input.FillAsync(patience.Token)).ShouldBeTrue();
        }

        while (!TryReadHeartbeat())
        {
            (await _input.FillAsync(patience.Token)).ShouldBeTrue();
        }
    }

    public async ValueTask DisposeAsync() => await _stream.DisposeAsync();

    private bool TryReadHeartbeat()
    {
        while (_input.TryReadFrame(out var frame))
        {
            if (frame.Body.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private bool TryReadClose(ref string? condition)
    {
        if (!_input.TryReadFrame(out var frame))
        {
            return false;
        }

        var reader = new AmqpReader(frame.Body);
        if (!frame.Body.IsEmpty && reader.ReadDescriptor() == AmqpDescriptor.Close)
        {
            condition = AmqpEnding.ReadError(ref reader)?.Condition;
        }

        return true;
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _input.FillAsync(cancellationToken);
        }
        catch (IOException)
        {
            // A peer that is cut off with bytes on the way sees a reset in place of an end.
            return false;
        }
    }
}

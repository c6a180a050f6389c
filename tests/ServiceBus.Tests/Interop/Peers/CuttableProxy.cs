using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>Stands between a client and a broker, cuts what runs through it, and watches for empty frames.</summary>
internal sealed class CuttableProxy : IAsyncDisposable
{
    private readonly Socket _listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _port;
    private readonly List<NetworkStream> _streams = [];
    private readonly Lock _gate = new();
    private readonly Task _accepting;

    private CuttableProxy(int port)
    {
        _port = port;
        _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening.Listen();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listening.LocalEndPoint!).Port;

    /// <summary>Empty frames that the client has sent.</summary>
    public FrameWatch FromClient { get; } = new();

    /// <summary>Empty frames that the broker has sent.</summary>
    public FrameWatch FromBroker { get; } = new();

    public static CuttableProxy Before(InteropPeer peer) => new(peer.Port);

    public static async Task<NetworkStream> ConnectAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Cuts every connection, without a word of AMQP.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            _streams.ForEach(stream => stream.Dispose());
            _streams.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listening.Dispose();
        await _accepting;
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = new NetworkStream(await _listening.AcceptAsync(), ownsSocket: true);
                var broker = await ConnectAsync(_port);
                lock (_gate)
                {
                    _streams.AddRange([client, broker]);
                }

                _ = PumpAsync(client, broker, FromClient);
                _ = PumpAsync(broker, client, FromBroker);
            }
        }
        catch (SocketException)
        {
            // The proxy is disposed.
        }
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to, FrameWatch watch)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int count; (count = await from.ReadAsync(buffer)) > 0;)
            {
                watch.Look(buffer.AsSpan(0, count));
                await to.WriteAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Cut, or one side is gone: then so is the other.
        }

        from.Dispose();
        to.Dispose();
    }

    /// <summary>Tells when an empty frame, which is a heartbeat, stood at the beginning of what was read.</summary>
    internal sealed class FrameWatch
    {
        private readonly TaskCompletionSource _beat = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Beat => _beat.Task.WaitAsync(Broker.Patience);

        public void Look(ReadOnlySpan<byte> bytes)
        {
            // Nothing else is eight bytes with this head: the protocol's own header begins with its name.
            if (bytes.Length >= 8 && BinaryPrimitives.ReadUInt32BigEndian(bytes) == 8)
            {
                _beat.TrySetResult();
            }
        }
    }
}

using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace DataExport.ServiceBus.Amqp;

/// <summary>Listens on loopback, plain, and hands the links that peers attach to a broker.</summary>
internal sealed partial class AmqpListener(
    AmqpConnectionSettings settings, IAmqpBroker broker, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private const int Backlog = 128;
    private readonly HashSet<AmqpConnection> _connections = [];
    private readonly Lock _gate = new();
    private Socket? _socket;
    private bool _isDisposed;
    private Task _accepting = Task.CompletedTask;

    /// <summary>The port that is listened on.</summary>
    public int Port => ((IPEndPoint?)_socket?.LocalEndPoint)?.Port
        ?? throw new InvalidOperationException("The listener is not started.");

    /// <summary>Listens from here on. Port 0 takes a free one.</summary>
    public void Start(int port)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _socket.Listen(Backlog);
        _accepting = AcceptAsync(_socket);
    }

    /// <summary>Cuts every connection, without a word of AMQP.</summary>
    public void DropConnections()
    {
        foreach (var connection in ConnectionsNow())
        {
            connection.Abort(new IOException("The connection was cut."));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket?.Dispose();
        await _accepting;
        lock (_gate)
        {
            _isDisposed = true;
        }

        await Task.WhenAll(Array.ConvertAll(ConnectionsNow(), connection => connection.CloseAsync()));
    }

    private AmqpConnection[] ConnectionsNow()
    {
        lock (_gate)
        {
            return [.. _connections];
        }
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await listening.AcceptAsync());
            }
            catch (Exception exception) when (exception is ObjectDisposedException
                or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException)
            {
                // A peer that gave up between its call and here is none.
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        try
        {
            var stream = new NetworkStream(socket, ownsSocket: true);
            var connection = await AmqpConnection.AcceptAsync(stream, settings, broker, clock, logger);
            lock (_gate)
            {
                _connections.Add(connection);
                if (_isDisposed)
                {
                    connection.Abort(new ObjectDisposedException(nameof(AmqpListener)));
                }
            }

            await connection.Closed;
            lock (_gate)
            {
                _connections.Remove(connection);
            }
        }
        catch (Exception exception)
        {
            // One peer that cannot talk must not end the others' listener.
            LogRefused(exception);
        }
    }

    [LoggerMessage(LogLevel.Debug, "AMQP peer did not get through the handshake")]
    private partial void LogRefused(Exception exception);
}

using Microsoft.Extensions.Logging;

namespace DataExport.ServiceBus.Amqp;

/// <summary>
/// A connection, either side: one loop reads, one loop writes, one lock guards the state of its sessions and links.
/// </summary>
internal sealed partial class AmqpConnection : IAmqpOutputOwner, IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly AmqpConnectionSettings _settings;
    private readonly AmqpInput _input;
    private readonly IAmqpBroker? _broker;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<AmqpSession> _pending = [];
    private ITimer? _heartbeat;
    private AmqpOpen? _remote;
    private AmqpError? _error;
    private Exception? _fault;
    private bool _hasSentClose;
    private bool _isCut;
    private bool _isFinished;

    private AmqpConnection(
        Stream stream, AmqpConnectionSettings settings, IAmqpBroker? broker, TimeProvider clock, ILogger logger)
    {
        _stream = stream;
        _settings = settings;
        _broker = broker;
        _clock = clock;
        _logger = logger;
        _input = new AmqpInput(stream, settings.InputBytes, settings.FrameBytesMax);
        Output = new AmqpOutput(stream, Gate, this, settings.OutputBytesMax);
    }

    /// <summary>Guards sessions, links and the output of this connection.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Done, never failed, when the connection is gone; <see cref="Error"/> tells why.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Why the connection is gone, as far as is known.</summary>
    public AmqpError? Error => _error;

    public string PeerContainerId => _remote?.ContainerId ?? "";

    internal AmqpOutput Output { get; }

    /// <summary>Largest frame that the peer takes, as far as this side wants to send any.</summary>
    internal int PeerFrameBytesMax { get; private set; }

    internal uint HandleMax => _settings.HandleMax;

    /// <summary>Whether frames may still be written. Lock held.</summary>
    internal bool CanWrite => !_hasSentClose && !_isCut && !_isFinished;

    /// <summary>Opens a connection to a peer that listens. The stream is the connection's from here on.</summary>
    public static async Task<AmqpConnection> ConnectAsync(
        Stream stream,
        AmqpConnectionSettings settings,
        TimeProvider clock,
        ILogger logger,
        CancellationToken cancellationToken)
    {
        var connection = new AmqpConnection(stream, settings, null, clock, logger);
        await connection.OpenAsync(handshake => handshake.ConnectAsync(cancellationToken));
        return connection;
    }

    /// <summary>Answers a peer that connects; <paramref name="broker"/> hears of its links.</summary>
    public static async Task<AmqpConnection> AcceptAsync(
        Stream stream,
        AmqpConnectionSettings settings,
        IAmqpBroker broker,
        TimeProvider clock,
        ILogger logger)
    {
        var connection = new AmqpConnection(stream, settings, broker, clock, logger);
        using var timeout = new CancellationTokenSource(settings.IdleTimeout, clock);
        await connection.OpenAsync(handshake => handshake.AcceptAsync(timeout.Token));
        return connection;
    }

    /// <summary>Ends the connection in good order; cuts it if the peer does not answer in time.</summary>
    public async Task CloseAsync(AmqpError? error = null)
    {
        lock (Gate)
        {
            SendClose(error);
        }

        try
        {
            await Closed.WaitAsync(_settings.CloseTimeout, _clock);
        }
        catch (TimeoutException exception)
        {
            Abort(exception);
            await Closed;
        }
    }

    /// <summary>Cuts the connection, without a word of AMQP.</summary>
    public void Abort(Exception fault)
    {
        lock (Gate)
        {
            _fault ??= fault;
            _isCut = true;
            Output.End();
        }

        _stream.Dispose();
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    void IAmqpOutputOwner.Gather(AmqpBuffer buffer)
    {
        foreach (var session in _pending)
        {
            session.Gather();
        }

        _pending.Clear();
    }

    void IAmqpOutputOwner.OnWritten(bool wasFull)
    {
        _lastWritten = _clock.GetTimestamp();
        if (wasFull)
        {
            foreach (var session in SessionsNow())
            {
                session.NotifySendable();
            }
        }
    }

    /// <summary>Has <paramref name="session"/> asked at the next write. Lock held.</summary>
    internal void AddPending(AmqpSession session)
    {
        _pending.Add(session);
        Output.RequestFlush();
    }

    internal void OnPeerAttach(AmqpAttachRequest request)
    {
        if (_broker is null)
        {
            request.Refuse(new AmqpError(AmqpCondition.NotAllowed, "This side offers no nodes."));
            return;
        }

        _broker.OnAttach(request);
    }

    private async Task OpenAsync(Func<AmqpHandshake, Task<AmqpOpen>> handshake)
    {
        try
        {
            _remote = await handshake(new AmqpHandshake(_stream, _input, _settings));
        }
        catch
        {
            await _stream.DisposeAsync();
            throw;
        }

        PeerFrameBytesMax = (int)Math.Clamp(_remote.MaxFrameBytes, 512, (uint)_settings.FrameBytesMax);
        _lastRead = _lastWritten = _clock.GetTimestamp();
        StartHeartbeat();
        _ = RunAsync();
    }

    private async Task RunAsync()
    {
        var writing = WriteAsync();
        await ReadAsync();
        await writing;
        Finish();
    }

    private async Task WriteAsync()
    {
        try
        {
            await Output.RunAsync();
        }
        catch (Exception exception)
        {
            // A write that fails is the connection's end, whatever the exception's type; the reader ends by it too.
            Abort(exception);
        }
    }

    private void Finish()
    {
        AmqpError? error;
        lock (Gate)
        {
            _isFinished = true;
            error = _error ??= _fault is null
                ? null
                : new AmqpError(AmqpCondition.ConnectionForced, $"The connection broke: {_fault.Message}");
        }

        _heartbeat?.Dispose();
        _stream.Dispose();
        foreach (var session in SessionsNow())
        {
            session.EndLinks(error);
        }

        LogClosed(PeerContainerId, error?.Condition, error?.Description);
        _closed.TrySetResult();
    }

    private void SendClose(AmqpError? error)
    {
        if (CanWrite)
        {
            // What settles deliveries must be on its way before the close.
            ((IAmqpOutputOwner)this).Gather(Output.Buffer);
            var mark = Output.Buffer.BeginFrame(AmqpFrame.AmqpType, 0);
            AmqpEnding.WriteEnd(Output.Buffer, AmqpDescriptor.Close, error);
            Output.Buffer.EndFrame(mark);
            _hasSentClose = true;
            Output.RequestFlush();
        }
    }

    [LoggerMessage(LogLevel.Debug, "AMQP connection to {Peer} closed: {Condition} {Description}")]
    private partial void LogClosed(string peer, string? condition, string? description);

    [LoggerMessage(LogLevel.Warning, "AMQP connection to {Peer} failed")]
    private partial void LogFailed(Exception exception, string peer);
}

namespace DataExport.ServiceBus.Amqp;

internal sealed partial class AmqpConnection
{
    private readonly List<AmqpSession?> _sessions = [];
    private readonly Dictionary<ushort, AmqpSession> _remoteChannels = [];
    private bool _remoteHasClosed;

    /// <summary>Begins a session. Done when the peer has begun it too.</summary>
    /// <param name="incomingWindow">Transfers that may be under way to this side.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AmqpSession> BeginAsync(uint incomingWindow, CancellationToken cancellationToken)
    {
        AmqpSession session;
        lock (Gate)
        {
            if (!CanWrite)
            {
                throw new AmqpProtocolException(AmqpCondition.ConnectionForced, "The connection is closed.");
            }

            session = AddSession(incomingWindow);
            session.SendBegin(null);
        }

        await session.Begun.WaitAsync(cancellationToken);
        return session;
    }

    private AmqpSession[] SessionsNow()
    {
        lock (Gate)
        {
            return _sessions.OfType<AmqpSession>().ToArray();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            // Frames that came with the last one of the handshake are here already.
            while (ConsumeFrames() && await _input.FillAsync(CancellationToken.None))
            {
                _lastRead = _clock.GetTimestamp();
            }

            _fault ??= _remoteHasClosed || _hasSentClose ? null : new EndOfStreamException("The peer is gone.");
        }
        catch (Exception exception)
        {
            // Whatever the reader cannot go on from ends the connection, told to the peer where it is its fault.
            Fail(exception);
        }

        lock (Gate)
        {
            Output.End();
        }
    }

    private void Fail(Exception exception)
    {
        var error = exception switch
        {
            AmqpDecodeException decode => new AmqpError(AmqpCondition.DecodeError, decode.Message),
            AmqpProtocolException protocol => protocol.Error,
            IOException or ObjectDisposedException or OperationCanceledException => null,
            _ => new AmqpError(AmqpCondition.InternalError),
        };
        if (error is null)
        {
            Abort(exception);
            return;
        }

        LogFailed(exception, PeerContainerId);
        lock (Gate)
        {
            _error ??= error;
            SendClose(error);
        }
    }

    /// <summary>Goes through all frames that are here. False when the connection is at its end.</summary>
    private bool ConsumeFrames()
    {
        lock (Gate)
        {
            Output.Cork();
        }

        try
        {
            while (!_remoteHasClosed && _input.TryReadFrame(out var frame))
            {
                Consume(frame);
            }
        }
        finally
        {
            lock (Gate)
            {
                Output.Uncork();
            }
        }

        return !_remoteHasClosed;
    }

    private void Consume(in AmqpFrame frame)
    {
        if (frame.Type != AmqpFrame.AmqpType)
        {
            throw new AmqpDecodeException(5, $"Frame has type {frame.Type}");
        }

        if (frame.Body.IsEmpty)
        {
            return;
        }

        var reader = new AmqpReader(frame.Body, AmqpFrame.HeadBytes);
        var descriptor = reader.ReadDescriptor();
        switch (descriptor)
        {
            case AmqpDescriptor.Transfer:
                var transfer = AmqpTransfer.Read(ref reader);
                FindSession(frame.Channel).OnTransfer(transfer, reader.Rest());
                break;
            case AmqpDescriptor.Disposition:
                FindSession(frame.Channel).OnDisposition(AmqpDisposition.Read(ref reader));
                break;
            case AmqpDescriptor.Flow:
                FindSession(frame.Channel).OnFlow(AmqpFlow.Read(ref reader));
                break;
            case AmqpDescriptor.Close:
                OnClose(AmqpEnding.ReadError(ref reader));
                break;
            default:
                ConsumeRare(frame.Channel, descriptor, ref reader);
                break;
        }
    }

    private void ConsumeRare(ushort channel, ulong descriptor, ref AmqpReader reader)
    {
        switch (descriptor)
        {
            case AmqpDescriptor.Begin:
                OnBegin(channel, AmqpBegin.Read(ref reader));
                break;
            case AmqpDescriptor.Attach:
                FindSession(channel).OnAttach(AmqpAttach.Read(ref reader));
                break;
            case AmqpDescriptor.Detach:
                var handle = AmqpEnding.ReadDetach(ref reader, out _, out var error);
                FindSession(channel).OnDetach(handle, error);
                break;
            case AmqpDescriptor.End:
                OnEnd(channel, AmqpEnding.ReadError(ref reader));
                break;
            default:
                throw new AmqpDecodeException(reader.Position, $"Unknown performative 0x{descriptor:x2}");
        }
    }

    private void OnBegin(ushort channel, in AmqpBegin begin)
    {
        lock (Gate)
        {
            if (begin.RemoteChannel is { } local)
            {
                var answered = local < _sessions.Count ? _sessions[local] : null;
                if (answered is null || !_remoteChannels.TryAdd(channel, answered))
                {
                    throw new AmqpProtocolException(AmqpCondition.NotAllowed, "Begin answers no session.");
                }

                answered.OnBegin(begin, channel);
                return;
            }

            if (_broker is null || channel > _settings.ChannelMax || _remoteChannels.ContainsKey(channel))
            {
                throw new AmqpProtocolException(AmqpCondition.NotAllowed, $"Channel {channel} cannot be begun.");
            }

            var session = AddSession(_settings.PeerSessionWindow);
            _remoteChannels.Add(channel, session);
            session.OnBegin(begin, channel);
            session.SendBegin(channel);
        }
    }

    private void OnEnd(ushort channel, AmqpError? error)
    {
        AmqpSession? session;
        lock (Gate)
        {
            if (!_remoteChannels.Remove(channel, out session))
            {
                return;
            }

            session.SendEnd(null);
            _sessions[session.Channel] = null;
        }

        session.EndLinks(error);
    }

    private void OnClose(AmqpError? error)
    {
        lock (Gate)
        {
            _remoteHasClosed = true;
            _error ??= error;
            SendClose(null);
        }
    }

    private AmqpSession FindSession(ushort channel)
    {
        lock (Gate)
        {
            return _remoteChannels.TryGetValue(channel, out var session)
                ? session
                : throw new AmqpProtocolException(AmqpCondition.NotAllowed, $"Channel {channel} is not begun.");
        }
    }

    private AmqpSession AddSession(uint incomingWindow)
    {
        var channel = _sessions.IndexOf(null);
        if (channel < 0)
        {
            channel = _sessions.Count;
            _sessions.Add(null);
        }

        var session = new AmqpSession(this, (ushort)channel, incomingWindow);
        _sessions[channel] = session;
        return session;
    }
}

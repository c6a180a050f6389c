namespace DataExport.ServiceBus.Amqp;

internal sealed partial class AmqpConnection
{
    private long _lastRead;
    private long _lastWritten;

    /// <summary>The peer's idle time-out, or zero when it has none.</summary>
    private TimeSpan PeerIdleTimeout => TimeSpan.FromMilliseconds(_remote?.IdleTimeoutMilliseconds ?? 0);

    private void StartHeartbeat()
    {
        var period = _settings.IdleTimeout / 4;
        if (PeerIdleTimeout > TimeSpan.Zero && PeerIdleTimeout / 4 < period)
        {
            period = PeerIdleTimeout / 4;
        }

        _heartbeat = _clock.CreateTimer(
            static state => ((AmqpConnection)state!).OnHeartbeat(), this, period, period);
    }

    private void OnHeartbeat()
    {
        if (_clock.GetElapsedTime(Volatile.Read(ref _lastRead)) >= _settings.IdleTimeout)
        {
            // The peer, or the way to it, is a black hole: no close will be answered.
            Abort(new TimeoutException($"Nothing came for {_settings.IdleTimeout}."));
            return;
        }

        if (PeerIdleTimeout > TimeSpan.Zero
            && _clock.GetElapsedTime(Volatile.Read(ref _lastWritten)) >= PeerIdleTimeout * 0.4)
        {
            lock (Gate)
            {
                if (CanWrite)
                {
                    var mark = Output.Buffer.BeginFrame(AmqpFrame.AmqpType, 0);
                    Output.Buffer.EndFrame(mark);
                    Output.RequestFlush();
                }
            }
        }
    }
}

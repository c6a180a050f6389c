namespace DataExport.ServiceBus.Amqp;

/// <summary>
/// Gathers frames of all threads and writes them in one go. While one write is under way the next fills up: the busier
/// the connection, the larger its writes.
/// </summary>
/// <remarks>Members say whether the connection's lock must be held.</remarks>
internal sealed class AmqpOutput(Stream stream, Lock gate, IAmqpOutputOwner owner, int bytesMax)
{
    private readonly AmqpSignal _signal = new();
    private AmqpBuffer _current = new(16 * 1024);
    private AmqpBuffer _writing = new(16 * 1024);
    private bool _isRequested;
    private bool _isCorked;
    private bool _wasFull;
    private bool _isEnded;

    /// <summary>Where frames are written. Lock held.</summary>
    public AmqpBuffer Buffer => _current;

    /// <summary>Whether so much waits that no more transfers should be added. Lock held.</summary>
    public bool IsFull()
    {
        if (_current.Length < bytesMax)
        {
            return false;
        }

        _wasFull = true;
        return true;
    }

    /// <summary>Has what was gathered written soon. Lock held.</summary>
    public void RequestFlush()
    {
        if (!_isCorked && !_isRequested)
        {
            _isRequested = true;
            _signal.Set();
        }
    }

    /// <summary>Holds writes back while the reader goes through what one read brought. Lock held.</summary>
    public void Cork() => _isCorked = true;

    /// <summary>Lock held.</summary>
    public void Uncork()
    {
        _isCorked = false;
        RequestFlush();
    }

    /// <summary>The last flush, then the loop ends. Lock held.</summary>
    public void End()
    {
        _isEnded = true;
        _isRequested = true;
        _signal.Set();
    }

    /// <summary>Writes until <see cref="End"/> or until the stream fails.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            await _signal.WaitAsync();
            while (TakeGathered(out var wasFull))
            {
                await stream.WriteAsync(_writing.Memory);
                _writing.Clear(keepBytes: 2 * bytesMax);
                owner.OnWritten(wasFull);
            }

            lock (gate)
            {
                if (_isEnded)
                {
                    return;
                }
            }
        }
    }

    private bool TakeGathered(out bool wasFull)
    {
        lock (gate)
        {
            owner.Gather(_current);
            wasFull = _wasFull;
            _wasFull = false;
            if (_current.Length == 0)
            {
                _isRequested = false;
                return false;
            }

            (_current, _writing) = (_writing, _current);
            return true;
        }
    }
}

using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus;

public sealed partial class ServiceBusReceiver
{
    private readonly Lock _gate = new();
    private AmqpReceivingLink? _link;
    private int _credit;
    private bool _isPaused;
    private Task? _draining;

    /// <summary>Whether a link is attached now.</summary>
    public bool IsConnected => Volatile.Read(ref _link) is { IsAttached: true };

    /// <summary>Messages granted and not arrived yet, whether the link is up, down or paused.</summary>
    public int CreditOutstanding => Volatile.Read(ref _credit);

    /// <summary>
    /// Allows <paramref name="messages"/> more messages to come. The lock of a message runs from when the broker takes
    /// it for this credit, so grant what there is room for now. Cheap: what many calls grant leaves in one frame.
    /// </summary>
    public void Grant(int messages)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(messages);
        lock (_gate)
        {
            _credit = checked(_credit + messages);
            if (IsFlowing)
            {
                _link?.AddCredit((uint)messages);
            }
        }
    }

    /// <summary>
    /// Takes the credit back: when the task is done, nothing more arrives until <see cref="Resume"/>. What was under
    /// way has arrived and can be read. While the link is down there is nothing to take back and the task ends at once.
    /// </summary>
    public Task PauseAsync(CancellationToken cancellationToken = default)
    {
        Task draining;
        lock (_gate)
        {
            _isPaused = true;
            if (_link is null)
            {
                return Task.CompletedTask;
            }

            draining = _draining ??= DrainAsync(_link);
        }

        return draining.WaitAsync(cancellationToken);
    }

    /// <summary>Gives again what <see cref="PauseAsync"/> took back, and what was granted meanwhile.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            if (_isPaused)
            {
                _isPaused = false;
                GiveAllCredit();
            }
        }
    }

    /// <summary>Credit goes straight to the link: not while it is paused, nor while a drain counts it down.</summary>
    private bool IsFlowing => !_isPaused && _draining is null;

    private async Task DrainAsync(AmqpReceivingLink link)
    {
        // Off the caller's lock.
        await Task.Yield();
        try
        {
            await link.DrainAsync().WaitAsync(_options.DrainTimeout, _client.Clock);
        }
        catch (TimeoutException)
        {
            // A broker that does not answer a drain may send at any time: only a fresh link is sure to be quiet.
            link.Detach();
        }

        lock (_gate)
        {
            _draining = null;
            GiveAllCredit();
        }
    }

    private void OnAttached(AmqpReceivingLink link)
    {
        lock (_gate)
        {
            _link = link;
            GiveAllCredit();
        }
    }

    private void OnDetached(AmqpReceivingLink link, AmqpError? error)
    {
        LogDetached(EntityPath, error?.Condition, error?.Description);
        lock (_gate)
        {
            if (_link == link)
            {
                _link = null;
            }
        }
    }

    /// <summary>A link without credit, fresh or drained, gets what is outstanding. Lock held.</summary>
    private void GiveAllCredit()
    {
        if (IsFlowing && _link is { Credit: 0 } link)
        {
            link.AddCredit((uint)_credit);
        }
    }

    private void CountArrived()
    {
        lock (_gate)
        {
            _credit = Math.Max(0, _credit - 1);
        }
    }

    private void Detach()
    {
        AmqpReceivingLink? link;
        lock (_gate)
        {
            link = _link;
            _link = null;
        }

        link?.Detach();
    }
}

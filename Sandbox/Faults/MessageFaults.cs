namespace DataExport.Sandbox;

/// <summary>What goes wrong between the environment and the queues. Thread-safe.</summary>
internal sealed class MessageFaults(INotificationSink inner, FaultPlan plan) : INotificationSink
{
    private const int HeldMax = 500;

    private readonly Lock _gate = new();
    private readonly Queue<Notification> _held = new();

    public void Post(in Notification notification)
    {
        if (!plan.IsOn)
        {
            inner.Post(notification);
            return;
        }

        if (plan.Happens(SandboxFaults.Lost, times: 50))
        {
            return;
        }

        if (plan.Happens(SandboxFaults.Late, times: 20))
        {
            Hold(notification.Copy());
            return;
        }

        if (plan.Happens(SandboxFaults.Duplicate, times: 10))
        {
            Hold(notification.Copy());
        }

        inner.Post(notification);
        if (plan.Draw(20) == 0)
        {
            Release(all: false);
        }
    }

    /// <summary>Posts everything that is still held.</summary>
    public void Flush() => Release(all: true);

    private void Hold(in Notification notification)
    {
        lock (_gate)
        {
            _held.Enqueue(notification);
        }
    }

    private void Release(bool all)
    {
        while (true)
        {
            Notification next;
            lock (_gate)
            {
                // Some stay behind, so that what is late comes after many that were posted later.
                if (_held.Count == 0 || (!all && _held.Count < HeldMax && _held.Count < 1 + plan.Draw(HeldMax)))
                {
                    return;
                }

                next = _held.Dequeue();
            }

            inner.Post(next);
        }
    }
}

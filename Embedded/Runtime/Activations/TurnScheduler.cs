namespace Orleans.Runtime;

/// <summary>
/// Runs one activation's turns, one at a time: the starts of its calls, and whatever follows an await within them.
/// </summary>
/// <remarks>
/// It is also the lock of its activation. A run goes through the pool's global queue and ends after
/// <see cref="TurnsMax"/> turns, so that neither a busy activation nor a tight loop of calls holds up the others.
/// </remarks>
internal sealed class TurnScheduler(Activation activation) : TaskScheduler, IThreadPoolWorkItem
{
    private const int TurnsMax = 32;

    private static readonly Action<object?> s_run = static scheduler => ((TurnScheduler)scheduler!).RunTurns();

    private Queue<Task>? _continuations;
    private bool _isScheduled;
    private bool _callsFirst;

    public Activation Activation => activation;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>
    /// Marks a run as wanted; under the lock. True when the caller then has to start it, outside the lock.
    /// </summary>
    public bool TrySchedule()
    {
        if (_isScheduled)
        {
            return false;
        }

        _isScheduled = true;
        return true;
    }

    public void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute()
    {
        // A task of this scheduler around the turns is what makes TaskScheduler.Current theirs. Made here and not by
        // the caller, whose execution context must not flow into the grain.
        new Task(s_run, this, CancellationToken.None, TaskCreationOptions.DenyChildAttach).RunSynchronously(this);
    }

    protected override void QueueTask(Task task)
    {
        bool start;
        lock (this)
        {
            _continuations ??= new Queue<Task>();
            _continuations.Enqueue(task);
            start = TrySchedule();
        }

        if (start)
        {
            Schedule();
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued)
    {
        var isRun = ReferenceEquals(task.AsyncState, this);
        return !taskWasPreviouslyQueued && (isRun || ReferenceEquals(Current, this)) && TryExecuteTask(task);
    }

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (this)
        {
            return _continuations?.ToArray() ?? [];
        }
    }

    private void RunTurns()
    {
        var cleanContext = ExecutionContext.Capture();
        for (var turns = 0; turns < TurnsMax; turns++)
        {
            if (!TryTake(out var continuation, out var step))
            {
                return;
            }

            if (continuation is not null)
            {
                TryExecuteTask(continuation);
            }
            else
            {
                activation.Run(step);
            }

            if (!ReferenceEquals(ExecutionContext.Capture(), cleanContext) && cleanContext is not null)
            {
                // A method that is not async leaves its AsyncLocals behind; the next call must not see them.
                ExecutionContext.Restore(cleanContext);
            }
        }

        Schedule();
    }

    /// <summary>Continuations and calls take turns, so that neither starves the other.</summary>
    private bool TryTake(out Task? continuation, out Step step)
    {
        lock (this)
        {
            continuation = null;
            _callsFirst = !_callsFirst;
            if (_callsFirst && activation.TryTakeStep(out step))
            {
                return true;
            }

            if (_continuations is { Count: > 0 } continuations)
            {
                continuation = continuations.Dequeue();
                step = default;
                return true;
            }

            if (!_callsFirst && activation.TryTakeStep(out step))
            {
                return true;
            }

            step = default;
            _isScheduled = false;
            return false;
        }
    }
}

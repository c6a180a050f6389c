using System.Collections.Concurrent;

namespace DataExport.Grains.Records;

/// <summary>
/// Sends record grains away soon after their work. A grain's own idle time counts in minutes, and a minute of changed
/// records is too much memory; a timer for each would cost more than the grain.
/// </summary>
internal sealed class IdleRecords(TimeProvider clock) : IDisposable
{
    private readonly ConcurrentQueue<IdleRecord> _queue = new();
    private int _count;
    private ITimer? _timer;

    /// <summary>How long a record grain stays without a call. Short: the fence needs no memory.</summary>
    public TimeSpan StayTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many grains stay at most. Beyond, each that comes sends the oldest away, so that neither memory nor the work
    /// of leaving comes in waves when tens of thousands of records change in a second.
    /// </summary>
    public int StayMax { get; init; } = 4_096;

    /// <summary>Begins to send grains away.</summary>
    public void Start() => _timer = clock.CreateTimer(
        static idle => ((IdleRecords)idle!).SendAway(), this, StayTime, StayTime / 4);

    /// <summary>The grain has nothing to do now.</summary>
    public void Add(RecordGrain grain)
    {
        _queue.Enqueue(new IdleRecord(grain, grain.Uses, clock.GetTimestamp()));
        if (Interlocked.Increment(ref _count) > StayMax)
        {
            SendOldestAway();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void SendAway()
    {
        while (_queue.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.Since) >= StayTime)
        {
            SendOldestAway();
        }
    }

    private void SendOldestAway()
    {
        if (!_queue.TryDequeue(out var record))
        {
            return;
        }

        _ = Interlocked.Decrement(ref _count);
        if (record.Grain.Uses == record.Uses)
        {
            // In a turn of the grain: only there may it be asked to leave.
            _ = Task.Factory.StartNew(
                static state => ((RecordGrain)state!).Leave(),
                record.Grain,
                CancellationToken.None,
                TaskCreationOptions.None,
                record.Grain.Scheduler);
        }
    }

    private readonly record struct IdleRecord(RecordGrain Grain, int Uses, long Since);
}

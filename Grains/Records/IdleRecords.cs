using System.Collections.Concurrent;

namespace DataExport.Grains.Records;

/// <summary>
/// Sends record grains away soon after their work. A grain's own idle time counts in minutes, and a minute of changed
/// records is too much memory; a timer for each would cost more than the grain.
/// </summary>
internal sealed class IdleRecords(TimeProvider clock) : IDisposable
{
    private readonly ConcurrentQueue<IdleRecord> _queue = new();
    private ITimer? _timer;

    /// <summary>How long a record grain stays without a call. Short: the fence needs no memory.</summary>
    public TimeSpan StayTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Begins to send grains away.</summary>
    public void Start() => _timer = clock.CreateTimer(
        static idle => ((IdleRecords)idle!).SendAway(), this, StayTime, StayTime / 4);

    /// <summary>The grain has nothing to do now.</summary>
    public void Add(RecordGrain grain) =>
        _queue.Enqueue(new IdleRecord(grain, grain.Uses, clock.GetTimestamp()));

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void SendAway()
    {
        while (_queue.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.Since) >= StayTime)
        {
            if (_queue.TryDequeue(out var record) && record.Grain.Uses == record.Uses)
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
    }

    private readonly record struct IdleRecord(RecordGrain Grain, int Uses, long Since);
}

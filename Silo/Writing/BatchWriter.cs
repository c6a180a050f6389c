using System.Threading.Channels;
using DataExport.Grains.Ports;
using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Writing;

/// <summary>
/// Gathers rows of all tables of a profile and merges them into its target, one transaction a batch.
/// </summary>
/// <remarks>
/// A loop takes what waits, merges it, answers its callers, and only then takes the next. While one batch is in the
/// database the next one fills up: the slower the target, the larger the batches, and no timer is needed. The queue is
/// bounded, which is how a slow target slows the pulling agent down.
/// </remarks>
internal sealed partial class BatchWriter(
    ITarget target,
    BatchWriterOptions options,
    ProfileInstruments instruments,
    TimeProvider clock,
    ILogger<BatchWriter> logger) : IChangeWriter, IWriterState, IAsyncDisposable
{
    private readonly WriteQueue _queue = new(options);
    private readonly CancellationTokenSource _giveUp = new();
    private readonly MergeWidth _width = new(Math.Min(options.MergesInFlightMax, target.MergesInFlightMax));
    private Task[] _loops = [];
    private int _outages;

    /// <summary>Raised when the target goes away (false) and when it is back (true).</summary>
    public event Action<bool>? AvailabilityChanged;

    /// <summary>Whether the last merge reached the target.</summary>
    public bool IsTargetAvailable => Volatile.Read(ref _outages) == 0;

    /// <inheritdoc/>
    public int RowsQueued => _queue.RowsQueued;

    /// <summary>How many merges may be under way at once: fewer while the target has too much to do.</summary>
    public int MergesInFlightMax => _width.Current;

    public void Start() => _loops = [.. Enumerable.Range(0, _width.Current).Select(_ => Task.Run(RunAsync))];

    /// <inheritdoc/>
    public async ValueTask<ApplyResult> WriteAsync(MergeItem item, CancellationToken cancellationToken)
    {
        var write = SingleWrite.Of(item);
        try
        {
            await _queue.AddAsync(write, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return ApplyResult.Unavailable("The writer has stopped.");
        }

        // From here on the wait cannot be cancelled: a grain that left early would take its record's next change, and
        // two changes of one record could meet in one batch.
        return await write.Task;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ApplyResult>> WriteManyAsync(
        IReadOnlyList<MergeItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return [];
        }

        var write = new ManyWrite(items);
        try
        {
            await _queue.AddAsync(write, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return [.. items.Select(static _ => ApplyResult.Unavailable("The writer has stopped."))];
        }

        return await write.Done;
    }

    /// <summary>
    /// From now on no outage of the target is waited out, since the writer stops: neither one under way nor a later
    /// one.
    /// </summary>
    public Task StopWaitingAsync() => _giveUp.CancelAsync();

    /// <summary>
    /// Refuses new rows, then writes and answers the queued ones. While the target is away they are answered
    /// "unavailable": their messages come again.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Complete();
        await StopWaitingAsync();
        await Task.WhenAll(_loops);
        _giveUp.Dispose();
        _width.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new WriteBatch(options.BatchRowsMax);
        while (await _queue.WaitAsync())
        {
            // Before anything is taken: a batch that waits here would hold up rows that others could write.
            await _width.EnterAsync();
            try
            {
                batch.Clear();
                _queue.Take(batch);
                if (batch.Count > 0)
                {
                    await WriteAsync(batch);
                }
            }
            finally
            {
                _width.Leave();
            }
        }
    }

    /// <summary>
    /// Merges the batch, halving it on refusal until a refused row stands alone. One bad row among n costs about
    /// 2·log₂(n) more merges, and its neighbours are still written.
    /// </summary>
    private async Task WriteAsync(WriteBatch batch)
    {
        try
        {
            batch.AnswerEach(await MergeAsync(batch));
        }
        catch (OperationCanceledException)
        {
            batch.AnswerAll(ApplyResult.Unavailable("The target is away and the writer stops."));
        }
        catch (Exception exception) when (batch.Count > 1)
        {
            // Refused or unforeseen: one row may be to blame, and its neighbours must not share its fate.
            LogHalving(batch.Count, exception.Message);
            instruments.BatchHalved();
            var (first, second) = batch.Halves();
            await WriteAsync(first);
            await WriteAsync(second);
        }
        catch (TargetRefusedException refusal)
        {
            batch.AnswerAll(ApplyResult.Rejected(refusal.Message));
        }
        catch (Exception exception)
        {
            // Anything else says nothing about the rows. Their messages come again, and the loop goes on: were it to
            // end here, every later caller would wait for ever.
            LogBatchFailed(exception, batch.Count);
            batch.AnswerAll(ApplyResult.Unavailable(exception.Message));
        }
    }

    /// <summary>Merges; an outage is waited out here, so that it uses up no delivery of any message.</summary>
    private async Task<IReadOnlyList<ApplyResult>> MergeAsync(WriteBatch batch)
    {
        using var trace = BatchTrace.Begin(batch);
        for (var outage = 0; ; outage++)
        {
            try
            {
                return await MergeOnceAsync(batch, wasAway: outage > 0);
            }
            catch (TargetUnavailableException unavailable)
            {
                if (unavailable.IsThrottled)
                {
                    _width.Throttled();
                }

                BeginOutage(outage == 0, unavailable);
                instruments.BatchRetried();
                await Task.Delay(RetryDelay(outage), clock, _giveUp.Token);
            }
        }
    }

    private async Task<IReadOnlyList<ApplyResult>> MergeOnceAsync(WriteBatch batch, bool wasAway)
    {
        var began = clock.GetTimestamp();
        IReadOnlyList<ApplyResult> results;
        try
        {
            results = await target.MergeAsync(batch.Items, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not TargetUnavailableException)
        {
            // A refusal is an answer: the target is back, though this batch is not written.
            EndOutage(wasAway);
            throw;
        }

        _width.Succeeded();
        instruments.BatchMerged(batch.Count, clock.GetElapsedTime(began));
        EndOutage(wasAway);
        return results;
    }

    private TimeSpan RetryDelay(int outage)
    {
        var doubled = options.RetryDelay * Math.Pow(2, Math.Min(outage, 16));
        return doubled < options.RetryDelayMax ? doubled : options.RetryDelayMax;
    }

    private void BeginOutage(bool isNew, TargetUnavailableException unavailable)
    {
        if (isNew && Interlocked.Increment(ref _outages) == 1)
        {
            LogTargetAway(unavailable.Message);
            AvailabilityChanged?.Invoke(false);
        }
    }

    private void EndOutage(bool wasAway)
    {
        if (wasAway && Interlocked.Decrement(ref _outages) == 0)
        {
            LogTargetBack();
            AvailabilityChanged?.Invoke(true);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Target refused a batch of {Rows} rows, halving it: {Reason}")]
    private partial void LogHalving(int rows, string reason);

    [LoggerMessage(LogLevel.Error, "Batch of {Rows} rows failed")]
    private partial void LogBatchFailed(Exception exception, int rows);

    [LoggerMessage(LogLevel.Warning, "Target is away, changes wait in the queue: {Reason}")]
    private partial void LogTargetAway(string reason);

    [LoggerMessage(LogLevel.Information, "Target is back")]
    private partial void LogTargetBack();
}

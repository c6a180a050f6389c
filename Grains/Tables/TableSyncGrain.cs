using DataExport.Grains.Loops;
using DataExport.Grains.Ports;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExport.Grains.Tables;

/// <summary>Runs the synchronisation of one table: one loop, from the first id to the last delta.</summary>
/// <remarks>
/// The loop is no request: it runs on the grain's scheduler between the turns of the calls, so that a table can be
/// asked and stopped while a page is on its way. It dies with the silo; <see cref="StartAsync"/> begins where its place
/// was saved.
/// </remarks>
internal sealed partial class TableSyncGrain(
    IProfileRuntimes runtimes,
    LoadPlaces loadPlaces,
    TableComparison comparison,
    IOptions<TableSyncOptions> options,
    TimeProvider clock,
    ILogger<TableSyncGrain> logger) : Grain, ITableSyncGrain
{
    // No message tells of an elastic table's changes.
    private const int ElasticShare = 5;

    // Far longer than any page: renewed with every round, so that only a silo that ends takes the grain away.
    private static readonly TimeSpan s_stay = TimeSpan.FromDays(1);

    private readonly List<TaskCompletionSource> _deltaWaiters = [];
    private readonly GrainLoop _loop = new(clock);
    private readonly LoadProgress _progress = new(clock);
    private TableSync? _sync;
    private IProfileRuntime? _runtime;
    private TimeSpan? _interval;
    private bool _isReadingDelta;

    private string ProfileId => this.GetPrimaryKeyString().Split('/')[0];

    private string Table => this.GetPrimaryKeyString().Split('/')[1];

    /// <inheritdoc/>
    public async Task StartAsync()
    {
        var runtime = await runtimes.GetAsync(ProfileId, CancellationToken.None);
        if (_loop.IsRunning && ReferenceEquals(runtime, _runtime))
        {
            return;
        }

        // A loop of a runtime that was closed would meet a closed target for ever.
        await _loop.StopAsync();
        _runtime = runtime;
        var states = await runtime.Target.ReadSyncStatesAsync(CancellationToken.None);
        var state = states.FirstOrDefault(each => each.Table == Table) ?? new TableSyncState { Table = Table };
        var sync = new TableSync(runtime, runtime.Tables[Table], state, options.Value);
        _sync = sync;
        runtime.TableTold(Table, state);
        if (!sync.IsInScope)
        {
            LogScopeChanged(ProfileId, Table);
            await sync.BeginResyncAsync();
        }

        _loop.Start(stopping => RunAsync(sync, stopping));
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _loop.StopAsync();
        _runtime?.TableTold(Table, null);
        EndDeltaWaiters();
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public Task PauseAsync() => _loop.StopAsync();

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        StopAsync();

    /// <inheritdoc/>
    public Task DeltaNowAsync(CancellationToken cancellationToken)
    {
        if (!_loop.IsRunning || _sync?.State.Phase is not TableSyncPhase.Delta)
        {
            return Task.CompletedTask;
        }

        var waiter = GrainLoop.NewSignal();
        _deltaWaiters.Add(waiter);
        _loop.Wake();
        return waiter.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<bool> IsReadingDeltaAsync() => new(_isReadingDelta);

    /// <inheritdoc/>
    public Task<TableReport> GetReportAsync()
    {
        if (_sync?.State is not { } state)
        {
            return Task.FromResult(new TableReport { Table = Table });
        }

        var progress = _progress.Of(state.RowsDone, state.RowsTotal);
        return Task.FromResult(new TableReport
        {
            Table = Table,
            Phase = state.Phase,
            RowsDone = state.RowsDone,
            RowsTotal = state.RowsTotal,
            RowsPerSecond = progress?.RowsPerSecond,
            TimeLeft = progress?.TimeLeft,
            LastDeltaOn = state.LastDeltaOn,
            Message = state.Message,
        });
    }

    private async Task RunAsync(TableSync sync, CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            DelayDeactivation(s_stay);
            try
            {
                await RunRoundAsync(sync, stopping);
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (SourceException expired) when (expired.Fault is SourceFault.TokenExpired)
            {
                LogTokenExpired(ProfileId, Table);
                await TryAsync(sync.BeginResyncAsync);
            }
            catch (Exception exception)
            {
                // Whatever it was, the place is saved and the next round begins there. What only a person can end
                // stands in the report until then, and who waits for a delta is told instead of kept.
                sync.Report(exception.Message);
                FailDeltaWaiters(exception.Message);
                LogRoundFailed(exception, ProfileId, Table);
                await _loop.WaitAsync(RetryBackoff.DelayAfter(exception, failures++, options.Value), stopping);
            }
        }
    }

    /// <summary>Catches up with the load, if it has not ended, and then waits for the next delta and runs it.</summary>
    private async Task RunRoundAsync(TableSync sync, CancellationToken stopping)
    {
        if (sync.State.Phase is not TableSyncPhase.Delta)
        {
            await sync.WalkIdsAsync(stopping);
            using (await loadPlaces.TakeAsync(stopping))
            {
                LogLoadBegins(ProfileId, Table, sync.State.RowsTotal);
                _progress.Begin(sync.State.RowsDone);
                await sync.LoadAsync(stopping);
                _progress.End();
            }

            LogLoaded(ProfileId, Table, sync.State.RowsDone);
        }

        await WaitForDeltaAsync(sync, stopping);
        var waiters = _deltaWaiters.ToArray();
        var writtenBefore = sync.RowsWritten;
        _isReadingDelta = true;
        try
        {
            await CatchUpAsync(sync, stopping);
        }
        finally
        {
            _isReadingDelta = false;
        }

        var usual = UsualInterval(sync);
        _interval = DeltaSchedule.Next(_interval ?? usual, sync.RowsWritten - writtenBefore, usual);
        foreach (var waiter in waiters)
        {
            _ = _deltaWaiters.Remove(waiter);
            _ = waiter.TrySetResult();
        }

        await sync.ExpireDeletionsAsync(options.Value.DeletionsKept, stopping);
    }

    /// <summary>
    /// Brings what changed: by a delta, or by a comparison where the source keeps none. What changes without a trace is
    /// compared besides, when the profile wants that.
    /// </summary>
    private async Task CatchUpAsync(TableSync sync, CancellationToken stopping)
    {
        var isUntracked = sync.Table.IsUntracked;
        if (!isUntracked)
        {
            await sync.SyncDeltaAsync(stopping);
        }

        var withCells = await sync.IsRefreshDueAsync(stopping);
        if (isUntracked || withCells)
        {
            await sync.CompareAsync(
                () => comparison.RunAsync(_runtime!, GrainFactory, sync.Table, withCells, stopping),
                withCells,
                stopping);
        }
    }

    private async Task WaitForDeltaAsync(TableSync sync, CancellationToken stopping)
    {
        // What moved while an untracked table was loaded, only its first comparison tells.
        var isDue = _deltaWaiters.Count > 0 || (sync.Table.IsUntracked && sync.State.LastDeltaOn is null);
        if (!isDue)
        {
            await _loop.WaitAsync(_interval ?? UsualInterval(sync), stopping);
        }

        stopping.ThrowIfCancellationRequested();
    }

    private TimeSpan UsualInterval(TableSync sync) =>
        sync.Table.IsUntracked ? options.Value.CompareInterval
        : sync.Table.IsElastic ? options.Value.DeltaInterval / ElasticShare
        : options.Value.DeltaInterval;

    private async Task TryAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception exception)
        {
            // The next round meets the expired token again and comes back here.
            LogRoundFailed(exception, ProfileId, Table);
        }
    }

    private void FailDeltaWaiters(string reason)
    {
        _deltaWaiters.ForEach(waiter => waiter.TrySetException(
            new ProfileException($"Table '{Table}' has no delta now, it will be tried again: {reason}")));
        _deltaWaiters.Clear();
    }

    private void EndDeltaWaiters()
    {
        _deltaWaiters.ForEach(waiter => waiter.TrySetResult());
        _deltaWaiters.Clear();
    }
}

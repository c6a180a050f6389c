using DataExport.Grains.Ports;

namespace DataExport.Silo.Tests.Writing;

/// <summary>A target in memory that refuses, is away, or is held, as a test wants.</summary>
internal sealed class FakeTarget : ITarget
{
    public List<int> Merges { get; } = [];

    public List<Guid> Written { get; } = [];

    public HashSet<Guid> Refused { get; } = [];

    /// <summary>Records whose merge fails in a way that nobody foresaw.</summary>
    public HashSet<Guid> Broken { get; } = [];

    /// <summary>How many merges are answered "unavailable" from now on.</summary>
    public int Outages { get; set; }

    public TaskCompletionSource Entered { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource? Hold { get; set; }

    /// <summary>What is written so far, while merges go on.</summary>
    public HashSet<Guid> Snapshot()
    {
        lock (Written)
        {
            return [.. Written];
        }
    }

    public async Task<IReadOnlyList<ApplyResult>> MergeAsync(
        IReadOnlyList<MergeItem> batch, CancellationToken cancellationToken)
    {
        _ = Entered.TrySetResult();
        if (Hold is { } hold)
        {
            await hold.Task;
        }

        Merges.Add(batch.Count);
        if (Outages > 0)
        {
            Outages--;
            throw new TargetUnavailableException("The database is locked.");
        }

        if (batch.Any(item => Refused.Contains(item.RecordId)))
        {
            throw new TargetRefusedException("A check constraint failed.");
        }

        if (batch.Any(item => Broken.Contains(item.RecordId)))
        {
            throw new InvalidOperationException("Nobody foresaw this.");
        }

        lock (Written)
        {
            Written.AddRange(batch.Select(item => item.RecordId));
        }

        return [.. batch.Select(_ => ApplyResult.Applied)];
    }

    public ValueTask<DateTime> GetUtcNowAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<TargetPlan> PlanAsync(
        IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken) =>
        Task.FromResult(new TargetPlan([], []));

    public Task<TargetPlan> ProvisionAsync(
        IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken) =>
        PlanAsync(tables, cancellationToken);

    public Task<IReadOnlyList<TableSyncState>> ReadSyncStatesAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SaveSyncStateAsync(TableSyncState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, long>> CountPendingAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<PendingQuestion>> ReadPendingAsync(
        string table, long afterNumber, DateTime askedUntil, int rowsMax, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<PendingSet>> ReadPendingSetsAsync(
        string table, long afterNumber, DateTime askedUntil, int setsMax, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Guid>> ReadSetAsync(
        string table, string column, Guid value, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SettleSetsAsync(IReadOnlyList<PendingSet> sets, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SettleSetsAskedBeforeAsync(string table, DateTime began, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<int> ExpireDeletionsAsync(
        string table, DateTime before, int entriesMax, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<long> AskRowsNotReadSinceAsync(string table, DateTime began, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<long> CountRowsAsync(string table, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<HeldRow>> ReadHeldAsync(
        string table, IReadOnlyList<Guid> recordIds, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<Guid>> ReadIdsAsync(
        string table, Guid? afterId, int rowsMax, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<DifferentRow>> CompareCellsAsync(
        string table, IReadOnlyList<SourceRow> rows, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

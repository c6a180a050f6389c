using DataExport.Grains.Ports;

namespace DataExport.Targets.Sqlite;

/// <summary>A profile's target in one SQLite file.</summary>
internal sealed class SqliteTarget(string file, string prefix, SqliteTargetOptions options, TimeProvider clock) : ITarget
{
    private readonly (string File, string Prefix, SqliteTargetOptions Options) _settings = (file, prefix, options);

    public ValueTask<DateTime> GetUtcNowAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new(new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc));
    }

    public Task ProvisionAsync(IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken) =>
        throw new NotSupportedException(_settings.File);

    public Task<IReadOnlyList<ApplyResult>> MergeAsync(
        IReadOnlyList<MergeItem> batch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<TableSyncState>> ReadSyncStatesAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task SaveSyncStateAsync(TableSyncState state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, long>> CountPendingAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<PendingQuestion>> ReadPendingAsync(
        string table, int rowsMax, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<long> AskRowsNotReadSinceAsync(string table, DateTime began, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<long> CountRowsAsync(string table, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

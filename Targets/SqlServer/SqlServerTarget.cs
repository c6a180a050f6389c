using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;

namespace DataExport.Targets.SqlServer;

/// <summary>
/// A profile's target in a schema of a SQL Server database. Merges of different tables run side by side.
/// </summary>
/// <param name="connectionString">The database, with everything a session needs.</param>
/// <param name="names">The profile's names.</param>
/// <param name="options">Limits.</param>
/// <param name="clock">An expression for the server's UTC time. Tests have one of their own.</param>
/// <param name="extras">What the profile wants beyond tables; nothing if left out.</param>
internal sealed partial class SqlServerTarget(
    string connectionString,
    TargetNames names,
    SqlServerTargetOptions options,
    string clock = SqlServerTarget.ServerClock,
    TargetExtras? extras = null) : ITarget
{
    internal const string ServerClock = "SYSUTCDATETIME()";

    private readonly SqlServerSessions _sessions = new(connectionString, options);
    private readonly SqlServerStatements _statements = new(names);
    private readonly PageStatements _pageStatements = new(names);
    private readonly ReaderStatements _readerStatements = new(names);
    private volatile Layout? _layout;

    /// <summary>Who changes tables changes what is known of them, and must not undo what another has learnt.</summary>
    private readonly SemaphoreSlim _changing = new(1, 1);

    public async ValueTask<DateTime> GetUtcNowAsync(CancellationToken cancellationToken) =>
        await ReadAsync(reader => reader.ReadNowAsync(clock), cancellationToken).ConfigureAwait(false);

    public async Task<TargetPlan> PlanAsync(
        IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var targets = TargetTable.Of(tables, names);
        return await ProvisioningAsync(
            async provisioning =>
            {
                var plans = await provisioning.PlanAsync([.. targets.Values]).ConfigureAwait(false);
                return await PlanOfAsync(plans, provisioning).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<TargetPlan> ProvisionAsync(
        IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var targets = TargetTable.Of(tables, names);
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await ProvisionAsync(targets, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = _changing.Release();
        }
    }

    private Task<TargetPlan> ProvisionAsync(
        Dictionary<string, TargetTable> targets, CancellationToken cancellationToken) => ProvisioningAsync(
            async provisioning =>
            {
                var (plans, types) = await provisioning.RunAsync([.. targets.Values]).ConfigureAwait(false);
                _layout = new Layout(
                    plans.ToDictionary(
                        static plan => plan.Table.Definition.Name,
                        static plan => plan.Table,
                        StringComparer.Ordinal),
                    types);
                await _sessions.RenewAsync().ConfigureAwait(false);
                return await PlanOfAsync(plans, provisioning).ConfigureAwait(false);
            },
            cancellationToken);

    public async Task<IReadOnlyList<ApplyResult>> MergeAsync(
        IReadOnlyList<MergeItem> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        while (true)
        {
            try
            {
                return await TryPageAsync(batch, cancellationToken).ConfigureAwait(false)
                    ?? await MergeOnceAsync(batch, cancellationToken).ConfigureAwait(false);
            }
            catch (TextTooLongException tooLong)
            {
                await WidenAsync(tooLong, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<ApplyResult[]?> TryPageAsync(
        IReadOnlyList<MergeItem> batch, CancellationToken cancellationToken)
    {
        if (batch.Count < options.PageRowsMin || ReadPage.Of(batch, TableOf(batch[0].Table)) is not { } page
            || !SqlServerCopy.IsFor(page.Table))
        {
            return null;
        }

        return await _sessions.UseAsync(
            page.Table.Definition.Name,
            session => Page(session).TryRunAsync(page),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<ApplyResult[]> MergeOnceAsync(
        IReadOnlyList<MergeItem> batch, CancellationToken cancellationToken)
    {
        var layout = Provisioned;
        var tables = BatchTables.Of(batch, layout.Tables);
        return await _sessions.UseAsync(
            SubjectOf(tables),
            session => Merge(session, layout).RunAsync(tables, batch.Count),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<TableSyncState>> ReadSyncStatesAsync(CancellationToken cancellationToken)
    {
        var tables = Provisioned.Tables.Keys;
        var saved = (await ReadAsync(static reader => reader.ReadStatesAsync(), cancellationToken)
            .ConfigureAwait(false)).ToDictionary(static state => state.Table);
        return [.. tables.Select(table =>
            saved.GetValueOrDefault(table) ?? new TableSyncState { Table = table })];
    }

    public Task SaveSyncStateAsync(TableSyncState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var table = TableOf(state.Table);
        return ReadAsync(reader => reader.SaveStateAsync(table, state, clock), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, long>> CountPendingAsync(CancellationToken cancellationToken)
    {
        var tables = Provisioned.Tables.Keys;
        var counts = await ReadAsync(static reader => reader.CountQuestionsAsync(), cancellationToken)
            .ConfigureAwait(false);
        return tables.ToDictionary(static table => table, table => counts.GetValueOrDefault(table));
    }

    public Task<IReadOnlyList<PendingQuestion>> ReadPendingAsync(
        string table, long afterNumber, DateTime askedUntil, int rowsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowsMax);
        var target = TableOf(table);
        return ReadAsync(
            reader => reader.ReadPendingAsync(target, afterNumber, askedUntil, rowsMax), cancellationToken);
    }

    public Task<IReadOnlyList<PendingSet>> ReadPendingSetsAsync(
        string table, long afterNumber, DateTime askedUntil, int setsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(setsMax);
        return TableOf(table).SetColumns.IsEmpty
            ? Task.FromResult<IReadOnlyList<PendingSet>>([])
            : ReadAsync(
                reader => reader.ReadPendingSetsAsync(table, afterNumber, askedUntil, setsMax), cancellationToken);
    }

    public Task<IReadOnlyList<Guid>> ReadSetAsync(
        string table, string column, Guid value, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return ReadAsync(reader => reader.ReadSetAsync(target, column, value), cancellationToken);
    }

    public async Task SettleSetsAsync(IReadOnlyList<PendingSet> sets, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var types = Provisioned.Types;
        foreach (var ofTable in sets.GroupBy(static set => set.Table))
        {
            _ = await ReadAsync(
                reader => reader.SettleSetsAsync(ofTable.Key, ofTable, types), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    public Task SettleSetsAskedBeforeAsync(string table, DateTime began, CancellationToken cancellationToken) =>
        TableOf(table).SetColumns.IsEmpty
            ? Task.CompletedTask
            : ReadAsync(reader => reader.SettleSetsAskedBeforeAsync(table, began), cancellationToken);

    public Task<long> CountRowsAsync(string table, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return ReadAsync(reader => reader.CountRowsAsync(target), cancellationToken);
    }

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    private Layout Provisioned =>
        _layout ?? throw new InvalidOperationException("The target must be provisioned before it is used.");

    private TargetTable TableOf(string table) => Provisioned.Tables.TryGetValue(table, out var target)
        ? target
        : throw new TargetRefusedException($"Table '{table}' is not exported to this target.");

    private SqlServerMerge Merge(SqlServerSession session, Layout layout) =>
        new(session, _statements, layout.Types, clock);

    private SqlServerPage Page(SqlServerSession session) =>
        new(session, _pageStatements, new SqlServerStage(session, names), clock);

    private Task<T> ReadAsync<T>(Func<SqlServerReader, Task<T>> read, CancellationToken cancellationToken) =>
        _sessions.UseAsync(
            "Reading", session => read(new SqlServerReader(session, _readerStatements)), cancellationToken);

    private Task<T> ProvisioningAsync<T>(
        Func<SqlServerProvisioning, Task<T>> work, CancellationToken cancellationToken) =>
        _sessions.UseAsync(
            "Provisioning",
            session => work(new SqlServerProvisioning(session, names, clock, extras ?? TargetExtras.None)),
            cancellationToken,
            isProvisioning: true);

    private static async Task<TargetPlan> PlanOfAsync(
        IReadOnlyList<SchemaPlan> plans, SqlServerProvisioning provisioning)
    {
        var plan = TargetPlans.Of(plans);
        var recommendations = await provisioning.ReadRecommendationsAsync().ConfigureAwait(false);
        return plan with { Warnings = [.. plan.Warnings, .. recommendations] };
    }

    /// <summary>
    /// Gives a column the room that a row needs. Another merge, or another silo, may have done so before: then only
    /// what is known here of the table is renewed.
    /// </summary>
    private async Task WidenAsync(TextTooLongException tooLong, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var layout = Provisioned;
            var table = TableOf(tooLong.Table.Definition.Name);
            var column = table.Columns.FirstOrDefault(each => each.Name == tooLong.Column.Name);
            if (column is null || column.TextLengthMax == 0 || column.TextLengthMax >= tooLong.Length)
            {
                return;
            }

            var (wider, types) = await ProvisioningAsync(
                provisioning => provisioning.WidenAsync(layout.Tables.Values, table, column, tooLong.Length),
                cancellationToken).ConfigureAwait(false);
            _layout = new Layout(
                layout.Tables.ToDictionary(
                    static each => each.Key, each => each.Value == table ? wider : each.Value, StringComparer.Ordinal),
                types);
        }
        finally
        {
            _ = _changing.Release();
        }
    }

    private static string SubjectOf(TableBatch[] tables) => tables.Length == 1
        ? tables[0].Table.Definition.Name
        : $"{tables.Length} tables";

    /// <summary>The tables and the types by which their rows are sent: always of one provisioning.</summary>
    private sealed record Layout(IReadOnlyDictionary<string, TargetTable> Tables, TargetTypes Types);
}

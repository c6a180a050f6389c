using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>
/// A profile's target in a schema of a PostgreSQL database. Merges of different tables run side by side.
/// </summary>
/// <param name="connectionString">The database, with everything a session needs.</param>
/// <param name="names">The profile's names.</param>
/// <param name="options">Limits.</param>
/// <param name="clock">An expression for the server's UTC time. Tests have one of their own.</param>
/// <param name="extras">What the profile wants beyond tables; nothing if left out.</param>
internal sealed partial class PostgresTarget(
    string connectionString,
    TargetNames names,
    PostgresTargetOptions options,
    string clock = PostgresTarget.ServerClock,
    TargetExtras? extras = null) : ITarget
{
    /// <summary>The server's time, and not the transaction's beginning: stamps are told behind the locks.</summary>
    internal const string ServerClock = "clock_timestamp() AT TIME ZONE 'UTC'";

    private readonly PostgresSessions _sessions = new(connectionString, options);
    private readonly PostgresStatements _statements = new(names);

    /// <summary>Who changes tables changes what is known of them, and must not undo what another has learnt.</summary>
    private readonly SemaphoreSlim _changing = new(1, 1);
    private volatile IReadOnlyDictionary<string, TargetTable>? _tables;

    public async ValueTask<DateTime> GetUtcNowAsync(CancellationToken cancellationToken) => await _sessions.UseAsync(
        "Clock",
        async session =>
        {
            await using var command = new NpgsqlCommand(
                $"SELECT date_trunc('milliseconds', {clock})", session.Connection);
            var now = (DateTime)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
            return DateTime.SpecifyKind(now, DateTimeKind.Utc);
        },
        cancellationToken).ConfigureAwait(false);

    public async Task<TargetPlan> PlanAsync(
        IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var targets = TargetTable.Of(tables, names);
        var plans = await _sessions.UseAsync(
            "Planning",
            session => Provisioning(session).PlanAsync([.. targets.Values], cancellationToken),
            cancellationToken,
            isProvisioning: true).ConfigureAwait(false);
        return TargetPlans.Of(plans);
    }

    public async Task<TargetPlan> ProvisionAsync(
        IReadOnlyList<TableDefinition> tables, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var targets = TargetTable.Of(tables, names);
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var plans = await _sessions.UseAsync(
                "Provisioning",
                session => Provisioning(session).RunAsync([.. targets.Values], cancellationToken),
                cancellationToken,
                isProvisioning: true).ConfigureAwait(false);
            await KnowAsync(plans.Select(static plan => plan.Table)).ConfigureAwait(false);
            return TargetPlans.Of(plans);
        }
        finally
        {
            _ = _changing.Release();
        }
    }

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

    private async Task<ApplyResult[]?> TryPageAsync(IReadOnlyList<MergeItem> batch, CancellationToken cancellationToken)
    {
        if (batch.Count < options.PageRowsMin || ReadPage.Of(batch, TableOf(batch[0].Table)) is not { } page)
        {
            return null;
        }

        return await _sessions.UseAsync(
            page.Table.Definition.Name,
            session => new PostgresPage(session, _statements, clock).TryRunAsync(page),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Not cancelled once begun: what is merged is worth committing, or it is done again.</summary>
    private async Task<ApplyResult[]> MergeOnceAsync(
        IReadOnlyList<MergeItem> batch, CancellationToken cancellationToken)
    {
        var tables = BatchTables.Of(batch, Tables);
        return await _sessions.UseAsync(
            SubjectOf(tables),
            session => Merge(session).RunAsync(tables, batch.Count, CancellationToken.None),
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<TableSyncState>> ReadSyncStatesAsync(CancellationToken cancellationToken)
    {
        var tables = Tables.Keys;
        return await ReadAsync<IReadOnlyList<TableSyncState>>(
            async reader =>
            {
                var states = new List<TableSyncState>();
                foreach (var table in tables)
                {
                    states.Add(await reader.ReadStateAsync(table, cancellationToken).ConfigureAwait(false));
                }

                return states;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public Task SaveSyncStateAsync(TableSyncState state, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(state);
        var table = TableOf(state.Table);
        return ReadAsync(reader => reader.SaveStateAsync(table, state, cancellationToken), cancellationToken);
    }

    public async Task<IReadOnlyDictionary<string, long>> CountPendingAsync(CancellationToken cancellationToken)
    {
        var tables = Tables.Keys;
        var counts = await ReadAsync(
            reader => reader.CountQuestionsAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        return tables.ToDictionary(static table => table, table => counts.GetValueOrDefault(table));
    }

    public Task<IReadOnlyList<PendingQuestion>> ReadPendingAsync(
        string table, long afterNumber, DateTime askedUntil, int rowsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowsMax);
        var target = TableOf(table);
        return ReadAsync(
            reader => reader.ReadQuestionsAsync(target, afterNumber, askedUntil, rowsMax, cancellationToken),
            cancellationToken);
    }

    public Task<IReadOnlyList<PendingSet>> ReadPendingSetsAsync(
        string table, long afterNumber, DateTime askedUntil, int setsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(setsMax);
        return TableOf(table).SetColumns.IsEmpty
            ? Task.FromResult<IReadOnlyList<PendingSet>>([])
            : ReadAsync(
                reader => reader.ReadSetQuestionsAsync(table, afterNumber, askedUntil, setsMax, cancellationToken),
                cancellationToken);
    }

    public Task<IReadOnlyList<Guid>> ReadSetAsync(
        string table, string column, Guid value, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return ReadAsync(reader => reader.ReadSetAsync(target, column, value, cancellationToken), cancellationToken);
    }

    public Task SettleSetsAsync(IReadOnlyList<PendingSet> sets, CancellationToken cancellationToken) =>
        sets.Count == 0
            ? Task.CompletedTask
            : ReadAsync(
                reader => reader.SettleSetsAsync(
                    [.. sets.Select(static set => set.Table).Distinct().Select(TableOf)], sets, cancellationToken),
                cancellationToken);

    public Task SettleSetsAskedBeforeAsync(string table, DateTime began, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return target.SetColumns.IsEmpty
            ? Task.CompletedTask
            : ReadAsync(
                reader => reader.SettleSetsAskedBeforeAsync(target, began, cancellationToken), cancellationToken);
    }

    public Task<long> CountRowsAsync(string table, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return ReadAsync(reader => reader.CountRowsAsync(target, cancellationToken), cancellationToken);
    }

    public ValueTask DisposeAsync() => _sessions.DisposeAsync();

    private IReadOnlyDictionary<string, TargetTable> Tables =>
        _tables ?? throw new InvalidOperationException("The target must be provisioned before it is used.");

    private TargetTable TableOf(string table) => Tables.TryGetValue(table, out var target)
        ? target
        : throw new TargetRefusedException($"Table '{table}' is not exported to this target.");

    private PostgresMerge Merge(PostgresSession session) => new(session, _statements, clock);

    private PostgresProvisioning Provisioning(PostgresSession session) =>
        new(session.Connection, names, _statements, clock, extras ?? TargetExtras.None);

    private Task<T> ReadAsync<T>(Func<PostgresReader, Task<T>> read, CancellationToken cancellationToken) =>
        _sessions.UseAsync(
            "Reading", session => read(new PostgresReader(session, _statements)), cancellationToken);

    private Task KnowAsync(IEnumerable<TargetTable> tables)
    {
        _tables = tables.ToDictionary(static table => table.Definition.Name, StringComparer.Ordinal);
        return _sessions.RenewAsync();
    }

    /// <summary>
    /// Gives a column the room that a row needs. Another silo may have done so before: then only what is known here of
    /// the table is renewed.
    /// </summary>
    private async Task WidenAsync(TextTooLongException tooLong, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var name = tooLong.Table.Definition.Name;
            var known = Tables.GetValueOrDefault(name);
            var place = PlaceOf(known, tooLong.Column);
            if (place < 0 || known!.Columns[place].TextLengthMax is var room && (room == 0 || room >= tooLong.Length))
            {
                // Somebody else of this silo was faster.
                return;
            }

            var column = await _sessions.UseAsync(
                $"{name}, column '{tooLong.Column.Name.Name}'",
                session => Provisioning(session).WidenAsync(
                    known, known.Columns[place], tooLong.Length, cancellationToken),
                cancellationToken,
                isProvisioning: true).ConfigureAwait(false);
            var wider = known.With(known.Columns.SetItem(place, column));
            await KnowAsync(Tables.Values.Select(table => table == known ? wider : table)).ConfigureAwait(false);
        }
        finally
        {
            _ = _changing.Release();
        }
    }

    private static int PlaceOf(TargetTable? table, TargetColumn column) =>
        table is null ? -1 : table.Columns.Select(static each => each.Name).ToList().IndexOf(column.Name);

    private static string SubjectOf(TableBatch[] tables) => tables.Length == 1
        ? tables[0].Table.Definition.Name
        : $"{tables.Length} tables";
}

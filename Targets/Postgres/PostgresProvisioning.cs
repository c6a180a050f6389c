using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>
/// Makes a profile's tables ready, in one transaction and under one lock: however many silos open a target at once,
/// each change is made once.
/// </summary>
internal sealed class PostgresProvisioning(
    NpgsqlConnection connection,
    TargetNames names,
    PostgresStatements statements,
    string clock,
    TargetExtras extras)
{
    private readonly PostgresSchema _schema = new(connection, names);
    private readonly PostgresViews _views = new(connection, names);
    private readonly PostgresHistory _history = new(connection, statements);

    /// <summary>What would be changed. Changes nothing.</summary>
    public async Task<IReadOnlyList<SchemaPlan>> PlanAsync(
        IReadOnlyList<TargetTable> tables, CancellationToken cancellationToken)
    {
        var plans = await PlanTablesAsync(tables, cancellationToken).ConfigureAwait(false);
        return extras.Views ? await Reports.PlanAsync(plans, cancellationToken).ConfigureAwait(false) : plans;
    }

    private async Task<IReadOnlyList<SchemaPlan>> PlanTablesAsync(
        IReadOnlyList<TargetTable> tables, CancellationToken cancellationToken)
    {
        var system = SystemTables.Of(names);
        var actual = await _schema.ReadColumnsAsync(
            tables.Select(static table => table.Name.Name).Concat(system.Select(static table => table.Name.Name)),
            cancellationToken).ConfigureAwait(false);
        var removed = actual.ContainsKey(names.SchemaChanges.Name)
            ? await _history.ReadRemovedAsync(cancellationToken).ConfigureAwait(false)
            : [];
        return [.. tables.Select(table => SchemaPlan.Of(
            table,
            actual.GetValueOrDefault(table.Name.Name),
            removed.GetValueOrDefault(table.Definition.Name) ?? [],
            PostgresDialect.Instance,
            extras))];
    }

    /// <summary>Creates and changes what is needed. Returns the tables as they are then.</summary>
    public async Task<IReadOnlyList<SchemaPlan>> RunAsync(
        IReadOnlyList<TargetTable> tables, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        await EnsureSystemTablesAsync(cancellationToken).ConfigureAwait(false);
        var plans = await PlanTablesAsync(tables, cancellationToken).ConfigureAwait(false);
        var now = await NowAsync(cancellationToken).ConfigureAwait(false);

        // By name, as merges lock them: else one would wait for the other for ever.
        foreach (var plan in plans.OrderBy(static plan => plan.Table.Name.Name, StringComparer.Ordinal))
        {
            await ChangeAsync(plan, now, cancellationToken).ConfigureAwait(false);
        }

        await ReplaceMetadataAsync(tables, now, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync("COMMIT", cancellationToken).ConfigureAwait(false);
        return extras.Views
            ? await Reports.RunAsync(plans, BeginAsync, now, cancellationToken).ConfigureAwait(false)
            : plans;
    }

    /// <summary>
    /// Gives a text column the room that a row needs, unless somebody has given it already. Touches nothing else: who
    /// widens may know the rest of the table as it was.
    /// </summary>
    /// <returns>The column as it is then.</returns>
    public async Task<TargetColumn> WidenAsync(
        TargetTable table, TargetColumn column, int length, CancellationToken cancellationToken)
    {
        await BeginAsync(cancellationToken).ConfigureAwait(false);
        await LockAsync(table.LockKey, cancellationToken).ConfigureAwait(false);
        var actual = await _schema.ReadColumnsAsync([table.Name.Name], cancellationToken).ConfigureAwait(false);
        var present = actual.GetValueOrDefault(table.Name.Name)?.Find(each => each.Name == column.Name.Name)
            ?? throw new TargetUnavailableException($"{table.Name}: column {column.Name} is no more.");
        var after = column with { TextLengthMax = present.TextLengthMax };
        if (present.TextLengthMax > 0 && present.TextLengthMax < length)
        {
            after = table.Widened(after, length);
            var change = new SchemaChange(SchemaChangeKind.ColumnWidened, after, present);
            var now = await NowAsync(cancellationToken).ConfigureAwait(false);
            await MakeAsync(table, change, now, cancellationToken).ConfigureAwait(false);
        }

        await ExecuteAsync("COMMIT", cancellationToken).ConfigureAwait(false);
        return after;
    }

    private PostgresReports Reports => new(connection, names, _views, _history);

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync("BEGIN", cancellationToken).ConfigureAwait(false);
        await LockAsync(NameHash.Of($"DataExport schema {names.Schema} {names.TableSync}"), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task LockAsync(long key, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PostgresStatements.Lock).Add(key));
        _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task EnsureSystemTablesAsync(CancellationToken cancellationToken)
    {
        // Not IF NOT EXISTS: that demands a right which a schema that is there makes needless.
        if (!await _schema.ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            await ExecuteAsync($"CREATE SCHEMA {SqlIdentifier.Of(names.Schema)}", cancellationToken)
                .ConfigureAwait(false);
        }

        var system = SystemTables.Of(names);
        var actual = await _schema.ReadColumnsAsync(
            system.Select(static table => table.Name.Name), cancellationToken).ConfigureAwait(false);
        foreach (var table in system)
        {
            foreach (var script in table.MissingScripts(
                PostgresDialect.Instance, actual.GetValueOrDefault(table.Name.Name)))
            {
                await ExecuteAsync(script, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ChangeAsync(SchemaPlan plan, DateTime now, CancellationToken cancellationToken)
    {
        var indexes = await _schema.MissingSetIndexesAsync(plan.Table, cancellationToken).ConfigureAwait(false);
        var isNew = !await HasStateAsync(plan.Table, cancellationToken).ConfigureAwait(false);

        // Merges of this table wait here for the change alone, and see it whole or not at all. Whatever they write as
        // well is written under their lock, or the two could wait for each other.
        if (isNew || indexes.Count > 0 || plan.Changes.Count > 0)
        {
            await LockAsync(plan.Table.LockKey, cancellationToken).ConfigureAwait(false);
        }

        foreach (var change in plan.Changes)
        {
            await MakeAsync(plan.Table, change, now, cancellationToken).ConfigureAwait(false);
        }

        foreach (var statement in indexes)
        {
            await ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
        }

        await EnsureStateAsync(plan, isNew, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> HasStateAsync(TargetTable table, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(statements.HasState).Add(table.Definition.Name));
        return await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    private async Task MakeAsync(
        TargetTable table, SchemaChange change, DateTime now, CancellationToken cancellationToken)
    {
        try
        {
            // PostgreSQL changes no column that a view shows. Ours must be in nobody's way, whatever the profile says.
            var aside = change.Kind is SchemaChangeKind.ColumnWidened
                ? await _views.SetAsideAsync(table.Name, cancellationToken).ConfigureAwait(false)
                : [];
            foreach (var statement in _schema.Statements(table, change))
            {
                await ExecuteAsync(statement, cancellationToken).ConfigureAwait(false);
            }

            await _views.RestoreAsync(aside, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception)
            when (PostgresErrors.ToException(exception, change.Describe(table), isProvisioning: true) is { } known)
        {
            // By name, or nobody knows which of a profile's thousand columns it is.
            throw known;
        }

        await _history.NoteAsync(table, change, now, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Gives the table a state. One that comes from elsewhere is read from the beginning, and what nobody fills any
    /// more is emptied; its highest version number is looked for once, since no index leads to it.
    /// </summary>
    private async Task EnsureStateAsync(SchemaPlan plan, bool isNew, CancellationToken cancellationToken)
    {
        if (isNew && plan.Forgotten.Count > 0)
        {
            var emptied = string.Join(", ", plan.Forgotten.Select(static column => $"{column} = NULL"));
            await ExecuteAsync($"UPDATE {plan.Table.Name} SET {emptied}", cancellationToken).ConfigureAwait(false);
        }

        if (isNew || plan.NeedsRead)
        {
            await using var batch = connection.CreateBatch();
            var statement = isNew ? statements.AddState(plan.Table) : statements.ResetState;
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement).Add(plan.Table.Definition.Name));
            _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ReplaceMetadataAsync(
        IReadOnlyList<TargetTable> tables, DateTime now, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        foreach (var rows in tables.SelectMany(table => MetadataRows.Of(table.Definition, names, now)))
        {
            PostgresMetadata.Add(batch, rows);
        }

        if (batch.BatchCommands.Count > 0)
        {
            _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<DateTime> NowAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT date_trunc('milliseconds', {clock})", connection);
        var now = (DateTime)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        return DateTime.SpecifyKind(now, DateTimeKind.Utc);
    }

    private async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        _ = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}

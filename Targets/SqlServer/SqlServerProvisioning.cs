using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using Microsoft.Data.SqlClient;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>What provisioning leaves: the tables as they are then, and the types by which rows are sent.</summary>
internal sealed record ProvisionedTables(IReadOnlyList<SchemaPlan> Plans, TargetTypes Types);

/// <summary>
/// Makes a profile's tables ready, in one transaction and under one lock: however many silos open a target at once,
/// each change is made once.
/// </summary>
internal sealed class SqlServerProvisioning(
    SqlServerSession session, TargetNames names, string clock, TargetExtras extras)
{
    private readonly SqlServerSchema _schema = new(session, names);
    private readonly SqlServerViews _views = new(session, names);
    private readonly SchemaStatements _statements = new(names);

    /// <summary>What would be changed. Changes nothing.</summary>
    public async Task<IReadOnlyList<SchemaPlan>> PlanAsync(IReadOnlyList<TargetTable> tables)
    {
        var plans = await PlanTablesAsync(tables).ConfigureAwait(false);
        return extras.Views ? await Reports.PlanAsync(plans).ConfigureAwait(false) : plans;
    }

    private async Task<IReadOnlyList<SchemaPlan>> PlanTablesAsync(IReadOnlyList<TargetTable> tables)
    {
        var actual = await _schema.ReadColumnsAsync([.. tables.Select(static table => table.Name), names.SchemaChanges])
            .ConfigureAwait(false);
        var removed = actual.ContainsKey(names.SchemaChanges.Name)
            ? await ReadRemovedAsync().ConfigureAwait(false)
            : [];
        return [.. tables.Select(table => SchemaPlan.Of(
            table,
            actual.GetValueOrDefault(table.Name.Name),
            removed.GetValueOrDefault(table.Definition.Name) ?? [],
            SqlServerDialect.Instance,
            extras))];
    }

    /// <summary>What an administrator should change in the database itself.</summary>
    public async Task<IReadOnlyList<string>> ReadRecommendationsAsync()
    {
        // Who sees no such view, or no such column in it, is told nothing.
        var isOn = await session.ScalarAsync(SchemaStatements.IsSnapshotOn).ConfigureAwait(false);
        return isOn is false
            ?
            [
                "READ_COMMITTED_SNAPSHOT is off, so who reads the tables and who writes them wait for each other. "
                    + "Recommended: ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON.",
            ]
            : [];
    }

    /// <summary>Creates and changes what is needed.</summary>
    public async Task<ProvisionedTables> RunAsync(IReadOnlyList<TargetTable> tables)
    {
        var now = await BeginAsync().ConfigureAwait(false);
        var system = await EnsureSystemTablesAsync().ConfigureAwait(false);
        var plans = await PlanTablesAsync(tables).ConfigureAwait(false);

        // By name, as merges lock them: else one would wait for the other for ever.
        foreach (var plan in plans.OrderBy(static plan => plan.Table.Name.Name, StringComparer.Ordinal))
        {
            await ChangeAsync(plan, now).ConfigureAwait(false);
        }

        var types = await _schema.EnsureTypesAsync([.. plans.Select(static plan => plan.Table)])
            .ConfigureAwait(false);
        await new SqlServerMetadata(session, system)
            .ReplaceAsync(tables.SelectMany(table => MetadataRows.Of(table.Definition, names, now)))
            .ConfigureAwait(false);
        await session.CommitAsync().ConfigureAwait(false);
        if (extras.Views)
        {
            plans = await Reports.RunAsync(plans, BeginAsync, (table, change) => NoteAsync(table, change, now))
                .ConfigureAwait(false);
        }

        return new ProvisionedTables(plans, types);
    }

    /// <summary>
    /// Gives a text column the room that a row needs, unless somebody has given it already. Touches nothing else: who
    /// widens may know the rest of the table as it was.
    /// </summary>
    /// <param name="tables">All tables, which need types by which their rows are sent.</param>
    /// <param name="table">The table of the column.</param>
    /// <param name="column">The column.</param>
    /// <param name="length">The length that is needed.</param>
    /// <returns>The table as it is then, and the types.</returns>
    public async Task<(TargetTable Table, TargetTypes Types)> WidenAsync(
        IEnumerable<TargetTable> tables, TargetTable table, TargetColumn column, int length)
    {
        var now = await BeginAsync().ConfigureAwait(false);
        _ = await session.LockAsync([SqlServerStatements.ResourceOf(table)], clock).ConfigureAwait(false);
        var actual = await _schema.ReadColumnsAsync([table.Name]).ConfigureAwait(false);
        var present = actual.GetValueOrDefault(table.Name.Name)?.Find(
            each => SqlServerDialect.Instance.NameComparer.Equals(each.Name, column.Name.Name))
            ?? throw new TargetUnavailableException($"{table.Name}: column {column.Name} is no more.");
        var after = column with { TextLengthMax = present.TextLengthMax };
        if (present.TextLengthMax > 0 && present.TextLengthMax < length)
        {
            after = table.Widened(after, length);
            await MakeAsync(table, new SchemaChange(SchemaChangeKind.ColumnWidened, after, present), now)
                .ConfigureAwait(false);
        }

        var wider = table.With([.. table.Columns.Select(each => each.Name == column.Name ? after : each)]);
        var types = await _schema.EnsureTypesAsync([.. tables.Select(each => each == table ? wider : each)])
            .ConfigureAwait(false);
        await session.CommitAsync().ConfigureAwait(false);
        return (wider, types);
    }

    private SqlServerReports Reports => new(session, names, _views);

    /// <summary>Begins a transaction that nobody else's provisioning gets into, and tells the time.</summary>
    private async Task<DateTime> BeginAsync()
    {
        await session.BeginAsync().ConfigureAwait(false);
        return await session.LockAsync([SqlServerStatements.ResourceOf("schema", names.TableSync)], clock)
            .ConfigureAwait(false);
    }

    /// <summary>Returns the columns of those that were there.</summary>
    private async Task<Dictionary<string, List<ActualColumn>>> EnsureSystemTablesAsync()
    {
        var schema = await session.ScalarAsync(SchemaStatements.HasSchema, Name("@Schema", names.Schema))
            .ConfigureAwait(false);
        if (schema is null or DBNull)
        {
            await session.ExecuteAsync(_statements.CreateSchema).ConfigureAwait(false);
        }

        var system = SystemTables.Of(names);
        var actual = await _schema.ReadColumnsAsync([.. system.Select(static table => table.Name)])
            .ConfigureAwait(false);
        foreach (var script in system.SelectMany(table => table.MissingScripts(
            SqlServerDialect.Instance, actual.GetValueOrDefault(table.Name.Name))))
        {
            await session.ExecuteAsync(script).ConfigureAwait(false);
        }

        foreach (var table in system.Where(table => table.Index.Length > 0 && actual.ContainsKey(table.Name.Name)))
        {
            // DES's delete log had none, and every merge looks into it.
            await session.ExecuteAsync(
                SchemaStatements.Index(table),
                Text("@Object", table.Name.ToString()), Name("@Column", table.Index[^1])).ConfigureAwait(false);
        }

        return actual;
    }

    private async Task<Dictionary<string, HashSet<string>>> ReadRemovedAsync()
    {
        await using var command = session.CreateCommand(_statements.RemovedColumns);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var removed = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var table = reader.GetString(0);
            if (!removed.TryGetValue(table, out var columns))
            {
                removed.Add(table, columns = new HashSet<string>(StringComparer.OrdinalIgnoreCase));
            }

            _ = columns.Add(reader.GetString(1));
        }

        return removed;
    }

    private async Task ChangeAsync(SchemaPlan plan, DateTime now)
    {
        var isNew = await session.ScalarAsync(
            _statements.HasState, Name("@EntityName", plan.Table.Definition.Name)).ConfigureAwait(false) is null;

        // Merges of this table wait here for the change alone, and see it whole or not at all. Whatever they write as
        // well is written under their lock, or the two could wait for each other.
        if (isNew || plan.Changes.Count > 0 || !plan.Table.SetColumns.IsEmpty)
        {
            _ = await session.LockAsync([SqlServerStatements.ResourceOf(plan.Table)], clock).ConfigureAwait(false);
        }

        foreach (var change in plan.Changes)
        {
            await MakeAsync(plan.Table, change, now).ConfigureAwait(false);
        }

        foreach (var column in plan.Table.SetColumns)
        {
            await session.ExecuteAsync(
                SchemaStatements.SetIndex(plan.Table, column),
                Text("@Object", plan.Table.Name.ToString()), Name("@Column", column)).ConfigureAwait(false);
        }

        await EnsureStateAsync(plan, isNew).ConfigureAwait(false);
    }

    private async Task MakeAsync(TargetTable table, SchemaChange change, DateTime now)
    {
        try
        {
            var aside = change.Kind is SchemaChangeKind.ColumnWidened
                ? await _views.SetAsideAsync(table, change.Column!).ConfigureAwait(false)
                : null;
            foreach (var statement in _statements.Of(table, change))
            {
                await session.ExecuteAsync(statement).ConfigureAwait(false);
            }

            await (aside is null ? Task.CompletedTask : _views.RestoreAsync(aside)).ConfigureAwait(false);
        }
        catch (SqlException exception)
            when (SqlServerErrors.ToException(exception, change.Describe(table), isProvisioning: true) is { } known)
        {
            // By name, or nobody knows which of a profile's thousand columns it is.
            throw known;
        }

        await NoteAsync(table, change, now).ConfigureAwait(false);
    }

    private Task NoteAsync(TargetTable table, SchemaChange change, DateTime now) => session.ExecuteAsync(
        _statements.NoteChange,
        Name("@EntityName", table.Definition.Name),
        Text("@ColumnName", change.Column?.Name.Name),
        Name("@Change", change.Kind.ToString()),
        Text("@Detail", change.Detail),
        Instant("@ChangedOn", now));

    /// <summary>
    /// Gives the table a state. One that comes from elsewhere is read from the beginning, and what nobody fills any
    /// more is emptied; its highest version number is looked for once, since no index leads to it.
    /// </summary>
    private async Task EnsureStateAsync(SchemaPlan plan, bool isNew)
    {
        if (isNew || plan.NeedsRead)
        {
            await session.ExecuteAsync(
                isNew ? _statements.AddState(plan.Table) : _statements.ResetState,
                Name("@EntityName", plan.Table.Definition.Name)).ConfigureAwait(false);
        }

        if (isNew && plan.Forgotten.Count > 0)
        {
            await session.ExecuteAsync(SchemaStatements.Forget(plan.Table, plan.Forgotten)).ConfigureAwait(false);
        }
    }
}

using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>What provisioning leaves: the tables as they are then, and the types by which rows are sent.</summary>
internal sealed record ProvisionedTables(IReadOnlyList<SchemaPlan> Plans, TargetTypes Types);

/// <summary>
/// Makes a profile's tables ready, in one transaction and under one lock: however many silos open a target at once,
/// each change is made once.
/// </summary>
internal sealed class SqlServerProvisioning(SqlServerSession session, TargetNames names, string clock)
{
    private readonly SqlServerSchema _schema = new(session, names);
    private readonly SchemaStatements _statements = new(names);

    /// <summary>What would be changed. Changes nothing.</summary>
    public async Task<IReadOnlyList<SchemaPlan>> PlanAsync(IReadOnlyList<TargetTable> tables)
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
            SqlServerDialect.Instance))];
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
        await session.BeginAsync().ConfigureAwait(false);
        var now = await session
            .LockAsync([SqlServerStatements.ResourceOf("schema", names.TableSync)], clock).ConfigureAwait(false);
        var system = await EnsureSystemTablesAsync().ConfigureAwait(false);
        var plans = await PlanAsync(tables).ConfigureAwait(false);

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
        return new ProvisionedTables(plans, types);
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
        // Merges of this table wait here for the change alone, and see it whole or not at all.
        if (plan.Changes.Any(static change => change.IsDdl) || plan.Forgotten.Count > 0)
        {
            _ = await session.LockAsync([SqlServerStatements.ResourceOf(plan.Table)], clock).ConfigureAwait(false);
        }

        foreach (var change in plan.Changes)
        {
            foreach (var statement in _statements.Of(plan.Table, change))
            {
                await session.ExecuteAsync(statement).ConfigureAwait(false);
            }

            await NoteAsync(plan.Table, change, now).ConfigureAwait(false);
        }

        foreach (var column in plan.Table.SetColumns)
        {
            await session.ExecuteAsync(
                SchemaStatements.SetIndex(plan.Table, column),
                Text("@Object", plan.Table.Name.ToString()), Name("@Column", column)).ConfigureAwait(false);
        }

        await EnsureStateAsync(plan).ConfigureAwait(false);
    }

    private Task NoteAsync(TargetTable table, SchemaChange change, DateTime now) => session.ExecuteAsync(
        _statements.NoteChange,
        Name("@EntityName", table.Definition.Name),
        Text("@ColumnName", change.Column?.Name.Name),
        Name("@Change", change.Kind.ToString()),
        Text("@Detail", change.Column?.DeclaredType),
        Instant("@ChangedOn", now));

    /// <summary>
    /// Gives the table a state. One that comes from elsewhere is read from the beginning, and what nobody fills any
    /// more is emptied; its highest version number is looked for once, since no index leads to it.
    /// </summary>
    private async Task EnsureStateAsync(SchemaPlan plan)
    {
        var name = plan.Table.Definition.Name;
        var has = await session.ScalarAsync(_statements.HasState, Name("@EntityName", name)).ConfigureAwait(false);
        if (has is not null)
        {
            if (plan.NeedsRead)
            {
                await session.ExecuteAsync(_statements.ResetState, Name("@EntityName", name)).ConfigureAwait(false);
            }

            return;
        }

        await session.ExecuteAsync(_statements.AddState(plan.Table), Name("@EntityName", name)).ConfigureAwait(false);
        if (plan.Forgotten.Count > 0)
        {
            await session.ExecuteAsync(SchemaStatements.Forget(plan.Table, plan.Forgotten)).ConfigureAwait(false);
        }
    }
}

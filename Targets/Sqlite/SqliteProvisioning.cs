using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>Creates in one transaction what is missing of a profile's tables, and fills the metadata tables.</summary>
internal static class SqliteProvisioning
{
    private const string Subject = "Provisioning";

    /// <exception cref="TargetRefusedException">Something else has the name of one of the tables.</exception>
    /// <exception cref="TargetUnavailableException">The database is locked or away.</exception>
    /// <returns>The tables as they are then.</returns>
    internal static IReadOnlyList<SchemaPlan> Run(
        SqliteDatabase database,
        IReadOnlyList<TargetTable> tables,
        TargetNames names,
        TargetExtras extras,
        DateTime now)
    {
        database.Execute("BEGIN IMMEDIATE", Subject);
        try
        {
            var schema = new SqliteSchema(database);
            var metadata = new MetadataTables(database, names);
            foreach (var table in SystemTables.Of(names))
            {
                schema.Ensure(table);
            }

            var history = new SchemaHistory(database, names);
            var plans = Plan(database, tables, names, extras);
            foreach (var plan in plans)
            {
                Change(schema, history, plan, now);
                metadata.Replace(plan.Table.Definition, now);
            }

            EnsureStates(database, plans, names);
            database.Execute("COMMIT", Subject);
            return plans;
        }
        catch
        {
            // Half a schema would be taken for a clash the next time.
            if (database.IsInTransaction)
            {
                database.Execute("ROLLBACK", Subject);
            }

            throw;
        }
    }

    /// <summary>What would be done to a file that is not there yet: everything.</summary>
    internal static IReadOnlyList<SchemaPlan> Plan(
        IReadOnlyList<TargetTable> tables, TargetNames names, TargetExtras extras)
    {
        IReadOnlyList<SchemaPlan> plans = [.. tables.Select(table => SchemaPlan.Of(
            table, null, new HashSet<string>(), SqliteDialect.Instance, extras))];
        return extras.Views ? SqliteViews.Plan(null, plans, names) : plans;
    }

    /// <summary>What would be changed.</summary>
    internal static IReadOnlyList<SchemaPlan> Plan(
        SqliteDatabase database, IReadOnlyList<TargetTable> tables, TargetNames names, TargetExtras extras)
    {
        var schema = new SqliteSchema(database);
        var history = schema.Exists(names.SchemaChanges) ? new SchemaHistory(database, names) : null;
        IReadOnlyList<SchemaPlan> plans = [.. tables.Select(
            table => schema.Plan(table, history?.RemovedColumns(table.Definition.Name) ?? [], extras))];
        return extras.Views ? SqliteViews.Plan(database, plans, names) : plans;
    }

    private static void Change(SqliteSchema schema, SchemaHistory history, SchemaPlan plan, DateTime now)
    {
        foreach (var change in plan.Changes)
        {
            schema.Change(plan.Table, change);
            history.Note(plan.Table, change, now);
        }

        schema.IndexSets(plan.Table);
    }

    /// <summary>
    /// Gives every table a state, and those with something new that of one nobody has read. The highest version number
    /// is looked for once: a table that came from elsewhere may hold millions of rows, and no index leads to it. What
    /// nobody fills any more is emptied then, too.
    /// </summary>
    private static void EnsureStates(SqliteDatabase database, IReadOnlyList<SchemaPlan> plans, TargetNames names)
    {
        var states = new SyncStates(database, names);
        var deleteLog = new DeleteLog(database, names);
        foreach (var (table, needsRead, forgotten) in plans.Select(
            static plan => (plan.Table, plan.NeedsRead, plan.Forgotten)))
        {
            var name = table.Definition.Name;
            if (needsRead)
            {
                states.Save(new TableSyncState { Table = name });
            }

            if (states.HighestVersion(name) is not null)
            {
                continue;
            }

            if (forgotten.Count > 0)
            {
                var emptied = string.Join(", ", forgotten.Select(static column => $"{column} = NULL"));
                database.Execute($"UPDATE {table.Name} SET {emptied}", name);
            }

            var highest = database.QueryText($"SELECT MAX(\"{TargetTable.VersionNumberColumn}\") FROM {table.Name}");
            _ = long.TryParse(highest, out var ofRows);
            var nameUtf8 = System.Text.Encoding.UTF8.GetBytes(name);
            states.Save(states.Read(name));
            states.SaveHighestVersion(nameUtf8, Math.Max(ofRows, deleteLog.HighestVersion(nameUtf8)));
        }
    }
}

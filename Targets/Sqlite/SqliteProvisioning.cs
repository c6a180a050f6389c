using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>Creates in one transaction what is missing of a profile's tables, and fills the metadata tables.</summary>
internal static class SqliteProvisioning
{
    private const string Subject = "Provisioning";

    /// <exception cref="TargetRefusedException">Something else has the name of one of the tables.</exception>
    /// <exception cref="TargetUnavailableException">The database is locked or away.</exception>
    internal static void Run(
        SqliteDatabase database, IReadOnlyList<TargetTable> tables, TargetNames names, DateTime now)
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

            var toBeRead = new HashSet<string>(StringComparer.Ordinal);
            foreach (var table in tables)
            {
                if (schema.Ensure(table))
                {
                    _ = toBeRead.Add(table.Definition.Name);
                }

                metadata.Replace(table.Definition, now);
            }

            EnsureStates(database, tables, names, toBeRead);
            database.Execute("COMMIT", Subject);
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

    /// <summary>
    /// Gives every table a state, and those of <paramref name="toBeRead"/> that of one nobody has read. The highest
    /// version number is looked for once: a table that came from elsewhere may hold millions of rows, and no index
    /// leads to it.
    /// </summary>
    private static void EnsureStates(
        SqliteDatabase database, IReadOnlyList<TargetTable> tables, TargetNames names, HashSet<string> toBeRead)
    {
        var states = new SyncStates(database, names);
        var deleteLog = new DeleteLog(database, names);
        foreach (var table in tables)
        {
            var name = table.Definition.Name;
            if (toBeRead.Contains(name))
            {
                states.Save(new TableSyncState { Table = name });
            }

            if (states.HighestVersion(name) is not null)
            {
                continue;
            }

            var highest = database.QueryText($"SELECT MAX(\"{TargetTable.VersionNumberColumn}\") FROM {table.Name}");
            _ = long.TryParse(highest, out var ofRows);
            var nameUtf8 = System.Text.Encoding.UTF8.GetBytes(name);
            states.Save(states.Read(name));
            states.SaveHighestVersion(nameUtf8, Math.Max(ofRows, deleteLog.HighestVersion(nameUtf8)));
        }
    }
}

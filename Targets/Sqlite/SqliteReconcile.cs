using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>Looks at rows for a reconcile, each statement of one moment. Not for several threads at once.</summary>
internal sealed class SqliteReconcile(SqliteDatabase database, TargetNames names)
{
    /// <summary>What is held of some records, in their order.</summary>
    public List<HeldRow> ReadHeld(TargetTable table, IReadOnlyList<Guid> recordIds)
    {
        var statement = database.Prepare(HeldScript(table), table.Definition.Name);
        try
        {
            statement.Bind(2, table.Definition.Name);
            var held = new List<HeldRow>(recordIds.Count);
            foreach (var id in recordIds)
            {
                statement.Bind(1, id);
                _ = statement.Step();
                var version = statement.IsNull(1) ? VersionNumber.None : new VersionNumber(statement.Int64(1));
                held.Add(new HeldRow(
                    id, statement.Int64(0) != 0, version, statement.Instant(2), statement.Int64(3) != 0));
                statement.Reset();
            }

            return held;
        }
        finally
        {
            database.Forget(statement);
        }
    }

    /// <summary>The ids of the next rows, in the order of the index on them: no row is read for it.</summary>
    public List<Guid> ReadIds(TargetTable table, Guid? afterId, int rowsMax)
    {
        var statement = database.Prepare(IdsScript(table), table.Definition.Name);
        try
        {
            if (afterId is { } after)
            {
                statement.Bind(1, after);
            }
            else
            {
                statement.Bind(1, "");
            }

            statement.Bind(2, rowsMax);
            return statement.ReadIds();
        }
        finally
        {
            database.Forget(statement);
        }
    }

    /// <summary>The rows of the same version whose cells are others.</summary>
    public List<DifferentRow> Compare(TargetTable table, IReadOnlyList<SourceRow> rows)
    {
        var comparison = new CellComparison(table);
        var statement = database.Prepare(comparison.Script, table.Definition.Name);
        try
        {
            var different = new List<DifferentRow>();
            foreach (var row in rows)
            {
                if (comparison.Compare(statement, row) is { } found)
                {
                    different.Add(found);
                }
            }

            return different;
        }
        finally
        {
            database.Forget(statement);
        }
    }

    /*
    What is held of a record.

    Demands:
    1. One statement, so that row, stamp and question are of one moment.
    2. A row's stamp is its own even where it is null; a tombstone counts only for a record that has no row.
    3. Costs one step in each index.
    */
    private string HeldScript(TargetTable table) =>
        $"""
        SELECT r."{TargetTable.Id}" IS NOT NULL, r."{TargetTable.VersionNumberColumn}",
            CASE WHEN r."{TargetTable.Id}" IS NOT NULL THEN r."{TargetTable.SinkModifiedOn}"
            ELSE (
                SELECT d."SinkDeleteTime" FROM {names.DeleteLog} AS d
                WHERE d."EntityName" = ?2 AND d."RecordId" = ?1 ORDER BY d."Id" DESC LIMIT 1)
            END,
            EXISTS (SELECT 1 FROM {names.Pending} AS p WHERE p."EntityName" = ?2 AND p."RecordId" = ?1)
        FROM (SELECT 1) LEFT JOIN {table.Name} AS r ON r."{TargetTable.Id}" = ?1
        """;

    private static string IdsScript(TargetTable table) =>
        $"""
        SELECT "{TargetTable.Id}" FROM {table.Name} WHERE "{TargetTable.Id}" > ?1 ORDER BY "{TargetTable.Id}" LIMIT ?2
        """;
}

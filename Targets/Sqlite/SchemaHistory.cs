using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>The entries of <c>SchemaChanges</c>.</summary>
internal sealed class SchemaHistory(SqliteDatabase database, TargetNames names)
{
    private const string Subject = "Schema changes";

    /// <summary>The columns of a table whose last change is that the source has them no more.</summary>
    public HashSet<string> RemovedColumns(string table)
    {
        var removed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var statement = database.Prepare(
            $"""
            SELECT "ColumnName", "Change", MAX("Id") FROM {names.SchemaChanges}
            WHERE "EntityName" = ?1 AND "ColumnName" IS NOT NULL GROUP BY "ColumnName"
            """,
            Subject);
        statement.Bind(1, table);
        while (statement.Step())
        {
            if (statement.Text(1) == nameof(SchemaChangeKind.ColumnRemoved))
            {
                _ = removed.Add(statement.Text(0));
            }
        }

        database.Forget(statement);
        return removed;
    }

    /// <summary>Notes a change.</summary>
    public void Note(TargetTable table, SchemaChange change, DateTime now)
    {
        var statement = database.Prepare(
            $"""
            INSERT INTO {names.SchemaChanges} ("EntityName", "ColumnName", "Change", "Detail", "ChangedOn")
            VALUES (?1, ?2, ?3, ?4, ?5)
            """,
            Subject);
        statement.Bind(1, table.Definition.Name);
        statement.Bind(2, change.Column?.Name.Name);
        statement.Bind(3, change.Kind.ToString());
        statement.Bind(4, change.Detail);
        statement.Bind(5, now);
        statement.Run();
        database.Forget(statement);
    }
}

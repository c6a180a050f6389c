using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>Reads what is committed, on a connection of its own. Not for several threads at once.</summary>
internal sealed class SqliteReader(SqliteDatabase database, TargetNames names) : IDisposable
{
    private readonly SyncStates _states = new(database, names);

    /// <summary>What a reconcile reads.</summary>
    public SqliteReconcile Comparing { get; } = new(database, names);

    /// <summary>Whether only a new connection helps.</summary>
    public bool IsBroken => database.IsBroken;

    public TableSyncState ReadState(string table) => _states.Read(table);

    public long CountRows(TargetTable table)
    {
        var statement = database.Prepare($"SELECT COUNT(*) FROM {table.Name}", table.Definition.Name);
        try
        {
            return statement.Step() ? statement.Int64(0) : 0;
        }
        finally
        {
            database.Forget(statement);
        }
    }

    /*
    The oldest questions of a table with the stamps of their records.

    Demands:
    1. One statement, so that number and stamp are of one moment: a fetch that is sent with an older stamp than its
       number would settle a question that it does not answer.
    2. A row's stamp is its own even where it is null; a tombstone counts only for a record that has no row.
    3. What is read grows with rowsMax, never with the number of questions or rows.
    */
    public List<PendingQuestion> ReadPending(
        TargetTable table, long afterNumber, DateTime askedUntil, int rowsMax)
    {
        var statement = database.Prepare(PendingScript(table), "Pending");
        try
        {
            statement.Bind(1, table.Definition.Name);
            statement.Bind(2, rowsMax);
            statement.Bind(3, afterNumber);
            var questions = new List<PendingQuestion>();
            while (statement.Step() && ReadQuestion(statement, table) is var question)
            {
                if (question.AskedOn > askedUntil)
                {
                    // Numbers and times grow together: what follows is younger still, and is not even looked up.
                    break;
                }

                questions.Add(question);
            }

            return questions;
        }
        finally
        {
            database.Forget(statement);
        }
    }

    /// <summary>The oldest questions about sets of a table.</summary>
    public List<PendingSet> ReadPendingSets(string table, long afterNumber, DateTime askedUntil, int setsMax)
    {
        var statement = database.Prepare(
            $"""
            SELECT "ColumnName", "Value", "QuestionNumber", "AskedOn" FROM {names.PendingSets}
            WHERE "EntityName" = ?1 AND "QuestionNumber" > ?2 AND "AskedOn" <= ?3 ORDER BY "QuestionNumber" LIMIT ?4
            """,
            "PendingSets");
        try
        {
            statement.Bind(1, table);
            statement.Bind(2, afterNumber);
            statement.Bind(3, askedUntil);
            statement.Bind(4, setsMax);
            var sets = new List<PendingSet>();
            while (statement.Step())
            {
                sets.Add(new PendingSet(
                    table,
                    statement.Text(0),
                    SqliteText.ReadGuid(statement.Utf8(1)),
                    statement.Int64(2),
                    statement.Instant(3) ?? default));
            }

            return sets;
        }
        finally
        {
            database.Forget(statement);
        }
    }

    /// <summary>The ids of the rows that hold an id in a column.</summary>
    public List<Guid> ReadSet(TargetTable table, string column, Guid value)
    {
        var statement = database.Prepare(
            $"""SELECT "{TargetTable.Id}" FROM {table.Name} WHERE {SqlIdentifier.Of(column)} = ?1""",
            table.Definition.Name);
        try
        {
            statement.Bind(1, value);
            return statement.ReadIds();
        }
        finally
        {
            database.Forget(statement);
        }
    }

    private static PendingQuestion ReadQuestion(SqliteStatement statement, TargetTable table) => new(
        table.Definition.Name,
        SqliteText.ReadGuid(statement.Utf8(0)),
        (UncertainReason)statement.Int64(1),
        statement.Int64(2),
        statement.Instant(3) ?? default,
        statement.Instant(4));

    /// <summary>The records, from a rowid on, whose rows are older than an instant, and where to go on.</summary>
    public (List<Guid> RecordIds, long LastRowId) ReadNotReadSince(
        TargetTable table, long afterRowId, DateTime began, int rowsMax)
    {
        var statement = database.Prepare(
            $"""
            SELECT {table.RowId()}, "{TargetTable.Id}" FROM {table.Name}
            WHERE {table.RowId()} > ?1 AND ("{TargetTable.SinkModifiedOn}" < ?2
                OR "{TargetTable.SinkModifiedOn}" IS NULL)
            ORDER BY {table.RowId()} LIMIT ?3
            """,
            table.Definition.Name);
        try
        {
            statement.Bind(1, afterRowId);
            statement.Bind(2, began);
            statement.Bind(3, rowsMax);
            var recordIds = new List<Guid>();
            while (statement.Step())
            {
                afterRowId = statement.Int64(0);
                recordIds.Add(SqliteText.ReadGuid(statement.Utf8(1)));
            }

            return (recordIds, afterRowId);
        }
        finally
        {
            database.Forget(statement);
        }
    }

    public void Dispose() => database.Dispose();

    internal string PendingScript(TargetTable table) =>
        $"""
        SELECT p."RecordId", p."Reason", p."QuestionNumber", p."AskedOn",
            CASE WHEN r."{TargetTable.Id}" IS NOT NULL THEN r."{TargetTable.SinkModifiedOn}"
            ELSE (
                SELECT d."SinkDeleteTime" FROM {names.DeleteLog} AS d
                WHERE d."EntityName" = p."EntityName" AND d."RecordId" = p."RecordId" ORDER BY d."Id" DESC LIMIT 1)
            END
        FROM {names.Pending} AS p LEFT JOIN {table.Name} AS r ON r."{TargetTable.Id}" = p."RecordId"
        WHERE p."EntityName" = ?1 AND p."QuestionNumber" > ?3 ORDER BY p."QuestionNumber" LIMIT ?2
        """;
}

using DataExport.Targets.Layout;

namespace DataExport.Targets.Postgres;

/// <summary>The statements over the tables that every target has. PostgreSQL folds the names to its own.</summary>
internal sealed class PostgresStatements(TargetNames names)
{
    /*
    Locks a table of the target for the rest of the transaction, among all who write it through DataExport.

    Demand: a statement of its own, before all that read. What a statement sees was fixed when it began, so one that
    locked and read at once would see what was there before it had the lock.
    */
    public const string Lock = "SELECT pg_advisory_xact_lock($1)";

    public string Facts { get; } =
        $"SELECT Phase, HighestVersion, LastQuestion FROM {names.TableSync} WHERE EntityName = $1";

    /*
    What is known of a table, and what shows how a page is best written.

    Demands:
    1. Whether the table is untouched: nothing of it was ever deleted, nothing is asked.
    2. Whether the first or the last row of the page is there already, and whether one of them is not older than the
       page's. Of a page that comes again both are, and nothing need be written to find that out.
    3. Costs two steps in the index, also of a table that was empty when the statement was planned: what stands before
       an OFFSET is looked up for each row, and never read as a whole.
    */
    public string PageFacts(TargetTable table, string clock) =>
        $"""
        SELECT date_trunc('milliseconds', {clock}), Phase, HighestVersion, LastQuestion,
            NOT EXISTS (SELECT 1 FROM {names.DeleteLog} WHERE EntityName = $1)
                AND NOT EXISTS (SELECT 1 FROM {names.Pending} WHERE EntityName = $1)
                AND NOT EXISTS (SELECT 1 FROM {table.Name} WHERE Id = ANY ($2)),
            EXISTS (
                SELECT 1 FROM unnest($2, $3) AS e (Id, Version)
                CROSS JOIN LATERAL (SELECT r.VersionNumber FROM {table.Name} AS r WHERE r.Id = e.Id OFFSET 0) AS t
                WHERE COALESCE(t.VersionNumber >= e.Version, true))
        FROM {names.TableSync} WHERE EntityName = $1
        """;

    /*
    Inserts the staged rows whose record the target holds nothing of: neither a row nor a deletion.

    Demand: costs one step in each index for a staged row, and no look at the delete log of a table without deletions.
    So an OFFSET stands in each look-up, as above.
    */
    public string GuardedInsert(TargetTable table, string stage)
    {
        var columns = string.Join(", ", table.Columns.Select(static column => column.Name));
        return $"""
            INSERT INTO {table.Name} ({columns}) SELECT {columns} FROM {stage} AS s
            WHERE NOT EXISTS (SELECT 1 FROM {table.Name} AS t WHERE t.Id = s.Id OFFSET 0)
                AND (NOT EXISTS (SELECT 1 FROM {names.DeleteLog} WHERE EntityName = $1)
                    OR NOT EXISTS (
                        SELECT 1 FROM {names.DeleteLog} AS d
                        WHERE d.EntityName = $1 AND d.RecordId = s.Id::text OFFSET 0))
            """;
    }

    /// <summary>Takes the questions of staged records away that were asked before the read began.</summary>
    public string SettleRead(string stage) =>
        $"""
        DELETE FROM {names.Pending} AS p USING {stage} AS s
        WHERE p.EntityName = $1 AND p.RecordId = s.Id AND p.AskedOn < $2
            AND EXISTS (SELECT 1 FROM {names.Pending} WHERE EntityName = $1)
        """;

    /*
    The newest delete log entry of each record.

    Demands:
    1. Costs nothing for a table of which nothing was ever deleted.
    2. Costs one step in the index for each record else.
    */
    public string Tombstones { get; } =
        $"""
        SELECT k.n, d.Id, d.SinkDeleteTime
        FROM unnest($1) WITH ORDINALITY AS k (Id, n)
        CROSS JOIN LATERAL (
            SELECT e.Id, e.SinkDeleteTime FROM {names.DeleteLog} AS e
            WHERE e.EntityName = $2 AND e.RecordId = k.Id::text ORDER BY e.Id DESC LIMIT 1) AS d
        WHERE EXISTS (SELECT 1 FROM {names.DeleteLog} WHERE EntityName = $2)
        """;

    public string Questions { get; } =
        $"""
        SELECT k.n, p.Reason, p.QuestionNumber, p.AskedOn
        FROM unnest($1) WITH ORDINALITY AS k (Id, n)
        CROSS JOIN LATERAL (
            SELECT * FROM {names.Pending} AS q WHERE q.EntityName = $2 AND q.RecordId = k.Id OFFSET 0) AS p
        """;

    public string InsertLog { get; } =
        $"""
        INSERT INTO {names.DeleteLog} (EntityName, RecordId, SinkDeleteTime, VersionNumber)
        SELECT $1, u.RecordId::text, u.Stamp, u.Version
        FROM unnest($2, $3, $4) WITH ORDINALITY AS u (RecordId, Stamp, Version, n) ORDER BY u.n
        """;

    /// <summary>
    /// Old entries, but for records about which a question is open: its answer looks for their stamp.
    /// </summary>
    public string ExpireLog { get; } =
        $"""
        DELETE FROM {names.DeleteLog} WHERE Id IN (
            SELECT d.Id FROM {names.DeleteLog} AS d
            WHERE d.EntityName = $1 AND d.SinkDeleteTime < $2 AND lower(d.RecordId) NOT IN (
                SELECT p.RecordId::text FROM {names.Pending} AS p WHERE p.EntityName = $1)
            LIMIT $3)
        """;

    public string StampLog { get; } =
        $"""
        UPDATE {names.DeleteLog} AS d SET SinkDeleteTime = u.Stamp, VersionNumber = u.Version
        FROM unnest($1, $2, $3) AS u (Id, Stamp, Version) WHERE d.Id = u.Id
        """;

    public string PutQuestions { get; } =
        $"""
        INSERT INTO {names.Pending} (EntityName, RecordId, Reason, QuestionNumber, AskedOn)
        SELECT $1, u.RecordId, u.Reason, u.Number, u.AskedOn
        FROM unnest($2, $3, $4, $5) AS u (RecordId, Reason, Number, AskedOn)
        ON CONFLICT (EntityName, RecordId) DO UPDATE SET
            Reason = excluded.Reason, QuestionNumber = excluded.QuestionNumber, AskedOn = excluded.AskedOn
        """;

    public string DropQuestions { get; } =
        $"DELETE FROM {names.Pending} WHERE EntityName = $1 AND RecordId = ANY ($2)";

    public string PutSetQuestions { get; } =
        $"""
        INSERT INTO {names.PendingSets} (EntityName, ColumnName, Value, QuestionNumber, AskedOn)
        SELECT $1, u.ColumnName, u.Value, u.Number, $5
        FROM unnest($2, $3, $4) AS u (ColumnName, Value, Number)
        ON CONFLICT (EntityName, ColumnName, Value) DO UPDATE SET
            QuestionNumber = excluded.QuestionNumber, AskedOn = excluded.AskedOn
        """;

    public string SaveFacts { get; } =
        $"UPDATE {names.TableSync} SET HighestVersion = $2, LastQuestion = $3 WHERE EntityName = $1";

    /// <summary>The rows of some records, each found by its id, whatever the planner knows of the table.</summary>
    public static string Rows(TargetTable table)
    {
        var modifiedOn = table.HasModifiedOn
            ? $"r.{SqlIdentifier.Of(TargetTable.ModifiedOnColumn)}"
            : "NULL::timestamp";
        return $"""
            SELECT k.n, t.* FROM unnest($1) WITH ORDINALITY AS k (Id, n) CROSS JOIN LATERAL (
                SELECT r.VersionNumber, {modifiedOn}, r.SinkModifiedOn FROM {table.Name} AS r
                WHERE r.Id = k.Id OFFSET 0) AS t
            """;
    }

    public static string DeleteRows(TargetTable table) => $"DELETE FROM {table.Name} WHERE Id = ANY ($1)";

    /*
    The oldest questions of a table with the stamps of their records.

    Demands:
    1. One statement, so that number and stamp are of one moment: a fetch that is sent with an older stamp than its
       number would settle a question that it does not answer.
    2. A row's stamp is its own even where it is null; a tombstone counts only for a record that has no row.
    3. What is read grows with the limit, never with the number of questions or rows.
    */
    public string OldestQuestions(TargetTable table) =>
        $"""
        SELECT p.RecordId, p.Reason, p.QuestionNumber, p.AskedOn,
            CASE WHEN r.Id IS NOT NULL THEN r.SinkModifiedOn
            ELSE (
                SELECT d.SinkDeleteTime FROM {names.DeleteLog} AS d
                WHERE d.EntityName = p.EntityName AND d.RecordId = p.RecordId::text ORDER BY d.Id DESC LIMIT 1)
            END
        FROM {names.Pending} AS p LEFT JOIN LATERAL (
            SELECT t.Id, t.SinkModifiedOn FROM {table.Name} AS t WHERE t.Id = p.RecordId OFFSET 0) AS r ON true
        WHERE p.EntityName = $1 AND p.QuestionNumber > $2 ORDER BY p.QuestionNumber LIMIT $3
        """;

    public string OldestSetQuestions { get; } =
        $"""
        SELECT ColumnName, Value, QuestionNumber, AskedOn FROM {names.PendingSets}
        WHERE EntityName = $1 AND QuestionNumber > $2 AND AskedOn <= $4 ORDER BY QuestionNumber LIMIT $3
        """;

    public string SettleSet { get; } =
        $"""
        DELETE FROM {names.PendingSets}
        WHERE EntityName = $1 AND ColumnName = $2 AND Value = $3 AND QuestionNumber <= $4
        """;

    public string SettleSetsAskedBefore { get; } =
        $"DELETE FROM {names.PendingSets} WHERE EntityName = $1 AND AskedOn < $2";

    public string CountQuestions { get; } =
        $"""
        SELECT EntityName, COUNT(*) FROM (
            SELECT EntityName FROM {names.Pending} UNION ALL SELECT EntityName FROM {names.PendingSets}) AS asked
        GROUP BY EntityName
        """;

    /// <summary>
    /// The next rows by id that are older than a time. Where to go on stands alone, or the index would be read from its
    /// beginning each time.
    /// </summary>
    public static string OldRows(TargetTable table, bool isFirst) =>
        $"""
        SELECT Id FROM {table.Name}
        WHERE (SinkModifiedOn < $1 OR SinkModifiedOn IS NULL){(isFirst ? "" : " AND Id > $3")} ORDER BY Id LIMIT $2
        """;

    /// <summary>The next rows by id.</summary>
    public static string Ids(TargetTable table, bool isFirst) =>
        $"SELECT Id FROM {table.Name}{(isFirst ? "" : " WHERE Id > $2")} ORDER BY Id LIMIT $1";

    /*
    What is held of some records.

    Demands:
    1. One statement, so that row, stamp and question are of one moment.
    2. A row's stamp is its own even where it is null; a tombstone counts only for a record that has no row.
    3. Costs one step in each index for a record, also of a table of which nobody has counted the rows yet: what stands
       before an OFFSET is looked up for each record, and never read as a whole.
    */
    public string Held(TargetTable table) =>
        $"""
        SELECT k.n, t.Id IS NOT NULL, t.VersionNumber,
            CASE WHEN t.Id IS NOT NULL THEN t.SinkModifiedOn
            ELSE (
                SELECT d.SinkDeleteTime FROM {names.DeleteLog} AS d
                WHERE d.EntityName = $2 AND d.RecordId = k.Id::text ORDER BY d.Id DESC LIMIT 1)
            END,
            p.IsAsked IS NOT NULL
        FROM unnest($1) WITH ORDINALITY AS k (Id, n)
        LEFT JOIN LATERAL (
            SELECT r.Id, r.VersionNumber, r.SinkModifiedOn FROM {table.Name} AS r
            WHERE r.Id = k.Id OFFSET 0) AS t ON true
        LEFT JOIN LATERAL (
            SELECT true AS IsAsked FROM {names.Pending} AS q
            WHERE q.EntityName = $2 AND q.RecordId = k.Id OFFSET 0) AS p ON true
        """;

    /// <summary>The columns whose last change is that the source has them no more.</summary>
    public string RemovedColumns { get; } =
        $"""
        SELECT EntityName, ColumnName FROM (
            SELECT DISTINCT ON (EntityName, ColumnName) EntityName, ColumnName, Change FROM {names.SchemaChanges}
            WHERE ColumnName IS NOT NULL ORDER BY EntityName, ColumnName, Id DESC) AS latest
        WHERE Change = '{nameof(SchemaChangeKind.ColumnRemoved)}'
        """;

    public string NoteChange { get; } =
        $"""
        INSERT INTO {names.SchemaChanges} (EntityName, ColumnName, Change, Detail, ChangedOn)
        VALUES ($1, $2, $3, $4, $5)
        """;

    /// <summary>The state of a table that nobody has read yet, unless it has one.</summary>
    public string AddState(TargetTable table) =>
        $"""
        INSERT INTO {names.TableSync} (EntityName, Phase, RowsDone, RowsTotal, IsResync, HighestVersion)
        SELECT $1, 0, 0, 0, false, GREATEST(
            (SELECT MAX(VersionNumber) FROM {table.Name}),
            (SELECT MAX(VersionNumber) FROM {names.DeleteLog} WHERE EntityName = $1), 0)
        WHERE NOT EXISTS (SELECT 1 FROM {names.TableSync} WHERE EntityName = $1)
        """;

    public string HasState { get; } = $"SELECT 1 FROM {names.TableSync} WHERE EntityName = $1";

    public string ResetState { get; } =
        $"""
        UPDATE {names.TableSync} SET Phase = 0, NextLink = NULL, DeltaLink = NULL, BeganOn = NULL, RowsDone = 0,
            RowsTotal = 0, IsResync = false, LastDeltaOn = NULL, Message = NULL
        WHERE EntityName = $1
        """;

    public string ReadState { get; } =
        $"""
        SELECT Phase, NextLink, DeltaLink, BeganOn, RowsDone, RowsTotal, IsResync, LastDeltaOn, Message, Scope,
            RefreshedOn, NewestId, NewestVersion, DeltaHasIdsOnly
        FROM {names.TableSync} WHERE EntityName = $1
        """;

    public string SaveState { get; } =
        $"""
        UPDATE {names.TableSync} SET Phase = $2, NextLink = $3, DeltaLink = $4, BeganOn = $5, RowsDone = $6,
            RowsTotal = $7, IsResync = $8, LastDeltaOn = $9, Message = $10, Scope = $11,
            RefreshedOn = $12, NewestId = $13, NewestVersion = $14,
            DeltaHasIdsOnly = $15
        WHERE EntityName = $1
        """;
}

using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>
/// Writes and settles questions to the source. Each call says how many entries it added or took away, so that they can
/// be counted without being read.
/// </summary>
internal sealed class PendingQuestions(SqliteDatabase database, TargetNames names)
{
    private const string Subject = "Pending";
    private const long FirstNumberPerTick = TimeSpan.TicksPerMicrosecond;

    private readonly SqliteStatement _insert = database.Prepare(
        $"""
        INSERT INTO {names.Pending} ("EntityName", "RecordId", "Reason", "QuestionNumber", "AskedOn")
        VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING
        """,
        Subject);

    // A provisional row is listed, and no question of its own: it leaves the reason of a real one as it is.
    private readonly SqliteStatement _update = database.Prepare(
        $"""
        UPDATE {names.Pending}
        SET "Reason" = CASE ?3 WHEN {(int)UncertainReason.Provisional} THEN "Reason" ELSE ?3 END,
            "QuestionNumber" = ?4, "AskedOn" = ?5
        WHERE "EntityName" = ?1 AND "RecordId" = ?2
        """,
        Subject);

    private readonly SqliteStatement _settleFetched = database.Prepare(
        $"""
        DELETE FROM {names.Pending} WHERE "EntityName" = ?1 AND "RecordId" = ?2 AND "QuestionNumber" <= ?3
        """,
        Subject);

    private readonly SqliteStatement _settleRead = database.Prepare(
        $"""DELETE FROM {names.Pending} WHERE "EntityName" = ?1 AND "RecordId" = ?2 AND "AskedOn" < ?3""", Subject);

    private readonly SqliteStatement _dropProvisional = database.Prepare(
        $"""
        DELETE FROM {names.Pending}
        WHERE "EntityName" = ?1 AND "RecordId" = ?2 AND "Reason" = {(int)UncertainReason.Provisional}
        """,
        Subject);

    private readonly SqliteStatement _askedOn = database.Prepare(
        $"""SELECT "AskedOn" FROM {names.Pending} WHERE "EntityName" = ?1 AND "RecordId" = ?2""", Subject);

    private readonly SqliteStatement _count = database.Prepare(
        $"""SELECT COUNT(*) FROM {names.Pending} WHERE "EntityName" = ?1""", Subject);

    private readonly SqliteStatement _highest = database.Prepare(
        $"""SELECT MAX("QuestionNumber") FROM {names.Pending}""", Subject);

    private readonly PendingSets _sets = new(database, names);
    private long _lastNumber;

    /// <summary>Questions about sets. They are numbered with those about records.</summary>
    public PendingSets Sets => _sets;

    /// <summary>
    /// Makes sure that the next question's number is above every number used before, by whichever process. Settled
    /// questions leave no trace, so the clock stands in for them: nobody asks a million questions a second.
    /// </summary>
    public void SeedNumbers(DateTime now)
    {
        var highest = Math.Max(_highest.Step() ? _highest.Int64(0) : 0, _sets.HighestNumber());
        _highest.Reset();
        var byClock = (now - DateTime.UnixEpoch).Ticks / FirstNumberPerTick;
        _lastNumber = Math.Max(_lastNumber, Math.Max(highest, byClock));
    }

    /// <summary>How many questions a table has.</summary>
    public long Count(ReadOnlySpan<byte> table)
    {
        _count.Bind(1, table);
        var count = _count.Step() ? _count.Int64(0) : 0;
        _count.Reset();
        return count;
    }

    /// <summary>When a record's open question was put; nothing if it has none.</summary>
    public DateTime? FindAskedOn(ReadOnlySpan<byte> table, ReadOnlySpan<byte> recordId)
    {
        _askedOn.Bind(1, table);
        _askedOn.Bind(2, recordId);
        DateTime? askedOn = _askedOn.Step() ? _askedOn.Instant(0) : null;
        _askedOn.Reset();
        return askedOn;
    }

    /// <summary>Asks, or asks again under a new number.</summary>
    /// <param name="table">The table.</param>
    /// <param name="recordId">The record.</param>
    /// <param name="reason">Why.</param>
    /// <param name="askedOn">When.</param>
    /// <param name="isListed">Whether an entry is expected, so that the likelier statement goes first.</param>
    public int Ask(
        ReadOnlySpan<byte> table, ReadOnlySpan<byte> recordId, UncertainReason reason, DateTime askedOn, bool isListed)
    {
        _lastNumber++;
        if (isListed && Run(_update, table, recordId, reason, askedOn) > 0)
        {
            return 0;
        }

        if (Run(_insert, table, recordId, reason, askedOn) > 0)
        {
            return 1;
        }

        _ = Run(_update, table, recordId, reason, askedOn);
        return 0;
    }

    /// <summary>Asks, or asks again, about all rows that hold <paramref name="value"/> in a column.</summary>
    public void AskSet(ReadOnlySpan<byte> table, string column, Guid value, DateTime askedOn) =>
        _sets.Ask(table, column, value, ++_lastNumber, askedOn);

    /// <summary>Settles by the answer of a fetch that was sent when the record's question had this number.</summary>
    public int SettleFetched(ReadOnlySpan<byte> table, ReadOnlySpan<byte> recordId, long questionNumber)
    {
        _settleFetched.Bind(3, questionNumber);
        return -Run(_settleFetched, table, recordId);
    }

    /// <summary>Settles by a read that began after the question was asked.</summary>
    public int SettleRead(ReadOnlySpan<byte> table, ReadOnlySpan<byte> recordId, DateTime began)
    {
        _settleRead.Bind(3, began);
        return -Run(_settleRead, table, recordId);
    }

    /// <summary>Takes away the entry of a provisional row that is gone. A real question stays.</summary>
    public int DropProvisional(ReadOnlySpan<byte> table, ReadOnlySpan<byte> recordId) =>
        -Run(_dropProvisional, table, recordId);

    private int Run(
        SqliteStatement statement, ReadOnlySpan<byte> table, ReadOnlySpan<byte> recordId, UncertainReason reason,
        DateTime askedOn)
    {
        statement.Bind(3, (long)reason);
        statement.Bind(4, _lastNumber);
        statement.Bind(5, askedOn);
        return Run(statement, table, recordId);
    }

    private int Run(SqliteStatement statement, ReadOnlySpan<byte> table, ReadOnlySpan<byte> recordId)
    {
        statement.Bind(1, table);
        statement.Bind(2, recordId);
        statement.Run();
        return database.Changes;
    }
}

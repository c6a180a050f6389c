using DataExport.Grains.Fence;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>The delete log: the newest entry of a record that has no row is its tombstone.</summary>
internal sealed class DeleteLog(SqliteDatabase database, TargetNames names)
{
    private const string Subject = "Delete log";

    private readonly SqliteStatement _newest = database.Prepare(
        $"""
        SELECT "Id", "SinkDeleteTime" FROM {names.DeleteLog}
        WHERE "EntityName" = ?1 AND "RecordId" = ?2 ORDER BY "Id" DESC LIMIT 1
        """,
        Subject);

    private readonly SqliteStatement _insert = database.Prepare(
        $"""
        INSERT INTO {names.DeleteLog} ("EntityName", "RecordId", "SinkDeleteTime", "VersionNumber")
        VALUES (?1, ?2, ?3, ?4)
        """,
        Subject);

    private readonly SqliteStatement _stamp = database.Prepare(
        $"""UPDATE {names.DeleteLog} SET "SinkDeleteTime" = ?1, "VersionNumber" = ?2 WHERE "Id" = ?3""", Subject);

    private readonly SqliteStatement _expire = database.Prepare(
        $"""
        DELETE FROM {names.DeleteLog} WHERE "Id" IN (
            SELECT d."Id" FROM {names.DeleteLog} AS d
            WHERE d."EntityName" = ?1 AND d."SinkDeleteTime" < ?2 AND d."RecordId" NOT IN (
                SELECT p."RecordId" FROM {names.Pending} AS p WHERE p."EntityName" = ?1)
            LIMIT ?3)
        RETURNING 1
        """,
        Subject);

    private readonly SqliteStatement _any = database.Prepare(
        $"""SELECT 1 FROM {names.DeleteLog} WHERE "EntityName" = ?1 LIMIT 1""", Subject);

    private readonly SqliteStatement _highest = database.Prepare(
        $"""SELECT MAX("VersionNumber") FROM {names.DeleteLog} WHERE "EntityName" = ?1""", Subject);

    /// <summary>Whether any record of a table was ever deleted.</summary>
    public bool HasEntries(ReadOnlySpan<byte> table)
    {
        _any.Bind(1, table);
        var any = _any.Step();
        _any.Reset();
        return any;
    }

    /// <summary>The highest version number that any entry of a table holds.</summary>
    public long HighestVersion(ReadOnlySpan<byte> table)
    {
        _highest.Bind(1, table);
        var highest = _highest.Step() ? _highest.Int64(0) : 0;
        _highest.Reset();
        return highest;
    }

    /// <summary>The tombstone of a record that has no row, or nothing.</summary>
    public RecordRow Find(ReadOnlySpan<byte> table, ReadOnlySpan<byte> recordId)
    {
        _newest.Bind(1, table);
        _newest.Bind(2, recordId);
        var found = _newest.Step()
            ? new RecordRow(new HeldRecord(HeldKind.Tombstone, Stamp: _newest.Instant(1)), LogEntryId: _newest.Int64(0))
            : default;
        _newest.Reset();
        return found;
    }

    /// <summary>Logs a deletion.</summary>
    public void Insert(ReadOnlySpan<byte> table, ReadOnlySpan<byte> recordId, DateTime stamp, long version)
    {
        _insert.Bind(1, table);
        _insert.Bind(2, recordId);
        _insert.Bind(3, stamp);
        _insert.Bind(4, version);
        _insert.Run();
    }

    /// <summary>
    /// Takes old entries away, but for records about which a question is open: its answer looks for their stamp.
    /// Returns how many.
    /// </summary>
    public int Expire(ReadOnlySpan<byte> table, DateTime before, int entriesMax)
    {
        _expire.Bind(1, table);
        _expire.Bind(2, before);
        _expire.Bind(3, entriesMax);
        var expired = 0;
        while (_expire.Step())
        {
            expired++;
        }

        _expire.Reset();
        return expired;
    }

    /// <summary>Stamps a tombstone anew: the same deletion was learnt again.</summary>
    public void Stamp(long entryId, DateTime stamp, long version)
    {
        _stamp.Bind(1, stamp);
        _stamp.Bind(2, version);
        _stamp.Bind(3, entryId);
        _stamp.Run();
    }
}

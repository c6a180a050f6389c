using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>Writes and settles questions about sets: all rows of a table that hold an id in a column.</summary>
/// <remarks>
/// They stand beside the questions about records and not among them: those are looked up with every merged row, these
/// hardly ever.
/// </remarks>
internal sealed class PendingSets(SqliteDatabase database, TargetNames names)
{
    private const string Subject = "PendingSets";

    private readonly SqliteStatement _ask = database.Prepare(
        $"""
        INSERT INTO {names.PendingSets} ("EntityName", "ColumnName", "Value", "QuestionNumber", "AskedOn")
        VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO UPDATE SET "QuestionNumber" = excluded."QuestionNumber", "AskedOn" = excluded."AskedOn"
        """,
        Subject);

    private readonly SqliteStatement _settle = database.Prepare(
        $"""
        DELETE FROM {names.PendingSets}
        WHERE "EntityName" = ?1 AND "ColumnName" = ?2 AND "Value" = ?3 AND "QuestionNumber" <= ?4
        """,
        Subject);

    private readonly SqliteStatement _settleBefore = database.Prepare(
        $"""DELETE FROM {names.PendingSets} WHERE "EntityName" = ?1 AND "AskedOn" < ?2""", Subject);

    private readonly SqliteStatement _count = database.Prepare(
        $"""SELECT COUNT(*) FROM {names.PendingSets} WHERE "EntityName" = ?1""", Subject);

    private readonly SqliteStatement _highest = database.Prepare(
        $"""SELECT MAX("QuestionNumber") FROM {names.PendingSets}""", Subject);

    /// <summary>The highest number in use, 0 if none is.</summary>
    public long HighestNumber()
    {
        var highest = _highest.Step() ? _highest.Int64(0) : 0;
        _highest.Reset();
        return highest;
    }

    /// <summary>How many questions about sets a table has.</summary>
    public long Count(ReadOnlySpan<byte> table)
    {
        _count.Bind(1, table);
        var count = _count.Step() ? _count.Int64(0) : 0;
        _count.Reset();
        return count;
    }

    /// <summary>Asks, or asks again under a new number.</summary>
    public void Ask(ReadOnlySpan<byte> table, string column, Guid value, long number, DateTime askedOn)
    {
        _ask.Bind(1, table);
        _ask.Bind(2, column);
        _ask.Bind(3, value);
        _ask.Bind(4, number);
        _ask.Bind(5, askedOn);
        _ask.Run();
    }

    /// <summary>Takes a question away, unless it was put again since.</summary>
    public void Settle(ReadOnlySpan<byte> table, PendingSet set)
    {
        _settle.Bind(1, table);
        _settle.Bind(2, set.Column);
        _settle.Bind(3, set.Value);
        _settle.Bind(4, set.Number);
        _settle.Run();
    }

    /// <summary>Takes all questions of a table away that were put before <paramref name="began"/>.</summary>
    public void SettleAskedBefore(ReadOnlySpan<byte> table, DateTime began)
    {
        _settleBefore.Bind(1, table);
        _settleBefore.Bind(2, began);
        _settleBefore.Run();
    }
}

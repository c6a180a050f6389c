using System.Text;
using DataExport.Targets.Merging;
using Microsoft.Data.SqlClient.Server;

namespace DataExport.Targets.SqlServer;

/// <summary>Fills rows of one shape into one record, which is sent before the next row comes.</summary>
/// <param name="record">The record; columns that the shape does not have stay empty.</param>
/// <param name="places">Where the columns of the shape stand in it.</param>
internal sealed class RecordCells(SqlDataRecord record, int[] places) : ICellWriter
{
    private int _next;

    /// <summary>Rows as a table type takes them. Read them once.</summary>
    public static IEnumerable<SqlDataRecord> Of(RowType type, RowShape shape, IReadOnlyList<RowWrite> rows)
    {
        var record = type.NewRecord();
        var cells = new RecordCells(record, type.PlacesOf(RowColumns.Of(shape)));
        var walk = new RowWalk(shape);
        foreach (var row in rows)
        {
            cells._next = 0;
            walk.Walk(row, cells);
            yield return record;
        }
    }

    public void AddNull() => record.SetDBNull(places[_next++]);

    public void Add(Guid value) => record.SetGuid(places[_next++], value);

    public void Add(int value) => record.SetInt32(places[_next++], value);

    public void Add(long value) => record.SetInt64(places[_next++], value);

    public void Add(bool value) => record.SetBoolean(places[_next++], value);

    public void Add(decimal value) => record.SetDecimal(places[_next++], value);

    public void Add(DateTime value) => record.SetDateTime(places[_next++], value);

    public void Add(ReadOnlySpan<byte> utf8) => record.SetString(places[_next++], Encoding.UTF8.GetString(utf8));
}

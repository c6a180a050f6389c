using System.Collections;
using System.Data.Common;
using System.Text;
using DataExport.Targets.Merging;

namespace DataExport.Targets.SqlServer;

/// <summary>Rows of one shape as a bulk copy reads them: forward, once, and by place.</summary>
internal sealed class BulkRows : DbDataReader, ICellWriter
{
    private readonly IReadOnlyList<RowWrite> _rows;
    private readonly RowWalk _walk;
    private readonly object[] _cells;
    private int _row;
    private int _next;

    public BulkRows(RowShape shape, IReadOnlyList<RowWrite> rows)
    {
        (_rows, _walk) = (rows, new RowWalk(shape));
        _cells = new object[RowColumns.Of(shape).Length];
    }

    public override int FieldCount => _cells.Length;

    public override bool HasRows => _rows.Count > 0;

    public override bool IsClosed => false;

    public override int Depth => 0;

    public override int RecordsAffected => -1;

    public override object this[int ordinal] => _cells[ordinal];

    public override object this[string name] => throw new NotSupportedException();

    public override bool Read()
    {
        if (_row == _rows.Count)
        {
            return false;
        }

        _next = 0;
        _walk.Walk(_rows[_row++], this);
        return true;
    }

    public override bool NextResult() => false;

    public override object GetValue(int ordinal) => _cells[ordinal];

    public override bool IsDBNull(int ordinal) => _cells[ordinal] is DBNull;

    public void AddNull() => _cells[_next++] = DBNull.Value;

    public void Add(Guid value) => _cells[_next++] = value;

    public void Add(int value) => _cells[_next++] = value;

    public void Add(long value) => _cells[_next++] = value;

    public void Add(bool value) => _cells[_next++] = value;

    public void Add(decimal value) => _cells[_next++] = value;

    public void Add(DateTime value) => _cells[_next++] = value;

    public void Add(ReadOnlySpan<byte> utf8) => _cells[_next++] = Encoding.UTF8.GetString(utf8);

    // A bulk copy by places asks for nothing of what follows.
    public override string GetName(int ordinal) => throw new NotSupportedException();

    public override int GetOrdinal(string name) => throw new NotSupportedException();

    public override Type GetFieldType(int ordinal) => typeof(object);

    public override string GetDataTypeName(int ordinal) => throw new NotSupportedException();

    public override int GetValues(object[] values) => throw new NotSupportedException();

    public override bool GetBoolean(int ordinal) => (bool)_cells[ordinal];

    public override byte GetByte(int ordinal) => (byte)_cells[ordinal];

    public override char GetChar(int ordinal) => (char)_cells[ordinal];

    public override short GetInt16(int ordinal) => (short)_cells[ordinal];

    public override int GetInt32(int ordinal) => (int)_cells[ordinal];

    public override long GetInt64(int ordinal) => (long)_cells[ordinal];

    public override float GetFloat(int ordinal) => (float)_cells[ordinal];

    public override double GetDouble(int ordinal) => (double)_cells[ordinal];

    public override decimal GetDecimal(int ordinal) => (decimal)_cells[ordinal];

    public override Guid GetGuid(int ordinal) => (Guid)_cells[ordinal];

    public override string GetString(int ordinal) => (string)_cells[ordinal];

    public override DateTime GetDateTime(int ordinal) => (DateTime)_cells[ordinal];

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) =>
        throw new NotSupportedException();

    public override IEnumerator GetEnumerator() => throw new NotSupportedException();
}

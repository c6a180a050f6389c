namespace DataExport.Sandbox;

/// <summary>
/// The stored rows of one table, by number, by id, and by the values that sets are asked by. Guarded by the gate of its
/// table's store.
/// </summary>
internal sealed class StoredRows(SandboxTable table)
{
    private readonly int[] _setOrdinals = table.SetOrdinals;
    private readonly Dictionary<uint, StoredRow> _rows = [];
    private readonly Dictionary<Guid, uint> _numbers = [];
    private readonly Dictionary<(int Ordinal, Guid Value), List<uint>> _sets = [];

    public StoredRow? RowOf(uint number) => _rows.GetValueOrDefault(number);

    public bool TryGetNumber(Guid id, out uint number) => _numbers.TryGetValue(id, out number);

    public void Add(uint number, StoredRow row)
    {
        _rows.Add(number, row);
        if (row.Id is { } id)
        {
            _numbers.Add(id, number);
        }
    }

    /// <summary>Whether sets are found by this column.</summary>
    public bool IsSetColumn(int ordinal) => Array.IndexOf(_setOrdinals, ordinal) >= 0;

    /// <summary>The living rows that hold a value.</summary>
    public IReadOnlyList<uint> SetOf(int ordinal, Guid value) =>
        _sets.TryGetValue((ordinal, value), out var rows) ? rows : [];

    /// <summary>Notes that a row came to life, or that it is gone.</summary>
    public void SetAlive(uint number, bool isAlive)
    {
        foreach (var ordinal in _setOrdinals)
        {
            var key = (ordinal, _rows[number].CellOf(ordinal).Id);
            if (!isAlive)
            {
                Remove(key, number);
            }
            else if (_sets.TryGetValue(key, out var rows))
            {
                rows.Add(number);
            }
            else
            {
                _sets.Add(key, [number]);
            }
        }
    }

    private void Remove((int Ordinal, Guid Value) key, uint number)
    {
        if (_sets.TryGetValue(key, out var rows) && rows.Remove(number) && rows.Count == 0)
        {
            _ = _sets.Remove(key);
        }
    }
}

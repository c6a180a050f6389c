namespace DataExport.Sandbox;

/// <summary>The values of one record while it is read.</summary>
internal sealed class RecordDraft
{
    private readonly List<ushort> _ordinals = [];
    private readonly List<Cell> _cells = [];

    public Guid Id { get; private set; }

    public void Begin(Guid id)
    {
        Id = id;
        _ordinals.Clear();
        _cells.Clear();
    }

    /// <summary>Adds a value; null is no value, and of two the last one counts.</summary>
    public void Set(int ordinal, in Cell cell)
    {
        var place = _ordinals.IndexOf((ushort)ordinal);
        if (place >= 0)
        {
            _cells[place] = cell;
        }
        else if (cell.Kind is not CellKind.Null)
        {
            _ordinals.Add((ushort)ordinal);
            _cells.Add(cell);
        }
    }

    public Cell this[int ordinal] =>
        _ordinals.IndexOf((ushort)ordinal) is >= 0 and var place ? _cells[place] : Cell.Null;

    public StoredRow ToRow(Guid? id) => new(id, [.. _ordinals], [.. _cells]);
}

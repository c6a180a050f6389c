using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>Gives the cells of rows of one shape, in the order of <see cref="RowColumns"/>.</summary>
/// <remarks>
/// What a column cannot hold is refused here and not where it is sent: half a message cannot be taken back from a
/// server. So a batch is first walked for nothing, and then sent.
/// </remarks>
internal sealed class RowWalk
{
    private readonly RowShape _shape;
    private readonly TargetTable _table;
    private readonly TargetColumn[] _columns;
    private readonly TargetColumn?[] _entityTypes;
    private readonly long[] _masks;

    public RowWalk(RowShape shape)
    {
        (_shape, _table, _masks) = (shape, shape.Table, new long[shape.MaskCount]);
        _columns = [.. shape.Ordinals.Select(shape.Table.ColumnOf)];
        _entityTypes = [.. shape.Ordinals.Select(shape.Table.EntityTypeColumnOf)];
    }

    /// <summary>Looks whether the target can hold all cells of some rows.</summary>
    /// <exception cref="TextTooLongException">A text is longer than its column.</exception>
    /// <exception cref="Grains.Ports.TargetRefusedException">A value has no place in its column.</exception>
    public void Check(IReadOnlyList<RowWrite> rows)
    {
        foreach (var row in rows)
        {
            Walk(row, NoCells.Instance);
        }
    }

    /// <summary>Gives the cells of a row.</summary>
    public void Walk(RowWrite row, ICellWriter cells)
    {
        cells.Add(row.RecordId);
        WriteFixed(cells, row);
        var values = row.Columns.GetEnumerator();
        var more = values.MoveNext();
        for (var place = 0; place < _columns.Length; place++)
        {
            var ordinal = _shape.Ordinals[place];
            while (more && values.Current.Ordinal < ordinal)
            {
                more = values.MoveNext();
            }

            var isTold = more && values.Current.Ordinal == ordinal && !values.Current.IsNull;
            if (!_shape.IsWhole || !WriteKnown(cells, row, ordinal))
            {
                WriteCell(cells, _columns[place], isTold ? values.Current : default, isTold);
            }

            if (_entityTypes[place] is { } entityType)
            {
                WriteEntityType(cells, entityType, isTold ? values.Current : default, isTold);
            }
        }
    }

    private void WriteFixed(ICellWriter cells, RowWrite row)
    {
        if (_shape.IsWhole)
        {
            cells.Add(row.CreatedOn);
            cells.Add(row.Stamp);
            if (_table.VersionOrdinal < 0)
            {
                WriteVersion(cells, row);
            }

            return;
        }

        cells.Add(row.Stamp);
        cells.Add(_table.Dialect.RoundInstant(row.ModifiedOn!.Value));
        _shape.FillMasks(row.Columns, _masks);
        foreach (var mask in _masks)
        {
            cells.Add(mask);
        }
    }

    /// <summary>Writes what is known otherwise than by the values; false for all other columns.</summary>
    private bool WriteKnown(ICellWriter cells, RowWrite row, int ordinal)
    {
        if (ordinal == _table.PrimaryIdOrdinal)
        {
            cells.Add(row.RecordId);
        }
        else if (ordinal == _table.VersionOrdinal)
        {
            WriteVersion(cells, row);
        }
        else if (ordinal == _table.ModifiedOnOrdinal && row.ModifiedOn is { } modifiedOn)
        {
            cells.Add(_table.Dialect.RoundInstant(modifiedOn));
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void WriteVersion(ICellWriter cells, RowWrite row)
    {
        if (row.Version is { } version)
        {
            cells.Add(version.Value);
            return;
        }

        cells.AddNull();
    }

    private void WriteCell(ICellWriter cells, TargetColumn column, in ColumnValue value, bool isTold)
    {
        if (!isTold)
        {
            cells.AddNull();
            return;
        }

        switch (column.Cell)
        {
            case CellType.Id:
                cells.Add(Cells.Id(value, _table, column));
                break;
            case CellType.Text:
                WriteText(cells, column, Cells.Text(value, _table, column));
                break;
            case CellType.Int:
                cells.Add((int)Cells.Whole(value, _table, column));
                break;
            case CellType.BigInt:
                cells.Add(Cells.Whole(value, _table, column));
                break;
            case CellType.Bit:
                cells.Add(Cells.Bit(value, _table, column));
                break;
            case CellType.Instant:
                WriteInstant(cells, column, Cells.Instant(value, _table, column));
                break;
            default:
                WriteNumber(cells, column, Cells.Number(value, _table, column));
                break;
        }
    }

    private void WriteEntityType(ICellWriter cells, TargetColumn column, in ColumnValue value, bool isTold)
    {
        var entityType = isTold ? Cells.EntityType(value, _table, column) : default;
        if (entityType.IsEmpty)
        {
            cells.AddNull();
            return;
        }

        cells.Add(entityType);
    }

    private void WriteText(ICellWriter cells, TargetColumn column, ReadOnlySpan<byte> utf8)
    {
        TextTooLongException.ThrowIfTooLong(utf8, _table, column);
        cells.Add(utf8);
    }

    private void WriteInstant(ICellWriter cells, TargetColumn column, DateTime instant)
    {
        if (instant < _table.Dialect.InstantMin)
        {
            throw Cells.Refusal(_table, column, $"the target's times begin in {_table.Dialect.InstantMin:yyyy}");
        }

        cells.Add(_table.Dialect.RoundInstant(instant));
    }

    private void WriteNumber(ICellWriter cells, TargetColumn column, decimal number)
    {
        // Rounded as the server would: what has too many digits after the point may get one more before it.
        var kept = number.Scale > column.Scale
            ? decimal.Round(number, column.Scale, MidpointRounding.AwayFromZero)
            : number;
        if (column.NumberLimit > 0 && Math.Abs(kept) >= column.NumberLimit)
        {
            throw Cells.Refusal(_table, column, "the number has too many digits before the point");
        }

        cells.Add(kept);
    }

    /// <summary>Takes cells and does nothing with them.</summary>
    private sealed class NoCells : ICellWriter
    {
        public static NoCells Instance { get; } = new();

        public void AddNull()
        {
        }

        public void Add(Guid value)
        {
        }

        public void Add(int value)
        {
        }

        public void Add(long value)
        {
        }

        public void Add(bool value)
        {
        }

        public void Add(decimal value)
        {
        }

        public void Add(DateTime value)
        {
        }

        public void Add(ReadOnlySpan<byte> utf8)
        {
        }
    }
}

using DataExport.Targets.Layout;
using DataExport.Targets.Merging;

namespace DataExport.Targets.Postgres;

/// <summary>Writes rows of one shape in the binary form of COPY.</summary>
internal sealed class RowEncoder
{
    private readonly RowShape _shape;
    private readonly TargetTable _table;
    private readonly TargetColumn[] _columns;
    private readonly TargetColumn?[] _entityTypes;
    private readonly long[] _masks;
    private readonly int _cells;

    public RowEncoder(RowShape shape)
    {
        (_shape, _table, _masks) = (shape, shape.Table, new long[shape.MaskCount]);
        _columns = [.. shape.Ordinals.Select(shape.Table.ColumnOf)];
        _entityTypes = [.. shape.Ordinals.Select(shape.Table.EntityTypeColumnOf)];
        _cells = CopyColumns.FixedOf(shape).Length + _columns.Length
            + _entityTypes.Count(static column => column is not null);
    }

    /// <summary>Appends a row. The cells are those of <see cref="CopyColumns"/>, in that order.</summary>
    /// <exception cref="TextTooLongException">A text is longer than its column.</exception>
    public void Write(CopyBuffer buffer, RowWrite row)
    {
        buffer.BeginRow(_cells);
        buffer.Add(row.RecordId);
        WriteFixed(buffer, row);
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
            if (!_shape.IsWhole || !WriteKnown(buffer, row, ordinal))
            {
                WriteCell(buffer, _columns[place], isTold ? values.Current : default, isTold);
            }

            if (_entityTypes[place] is { } entityType)
            {
                WriteEntityType(buffer, entityType, isTold ? values.Current : default, isTold);
            }
        }
    }

    private void WriteFixed(CopyBuffer buffer, RowWrite row)
    {
        if (_shape.IsWhole)
        {
            buffer.Add(row.CreatedOn);
            buffer.Add(row.Stamp);
            if (_table.VersionOrdinal < 0)
            {
                WriteVersion(buffer, row);
            }

            return;
        }

        buffer.Add(row.Stamp);
        buffer.Add(row.ModifiedOn!.Value);
        _shape.FillMasks(row.Columns, _masks);
        foreach (var mask in _masks)
        {
            buffer.Add(mask);
        }
    }

    /// <summary>Writes what is known otherwise than by the values; false for all other columns.</summary>
    private bool WriteKnown(CopyBuffer buffer, RowWrite row, int ordinal)
    {
        if (ordinal == _table.PrimaryIdOrdinal)
        {
            buffer.Add(row.RecordId);
        }
        else if (ordinal == _table.VersionOrdinal)
        {
            WriteVersion(buffer, row);
        }
        else if (ordinal == _table.ModifiedOnOrdinal && row.ModifiedOn is { } modifiedOn)
        {
            buffer.Add(modifiedOn);
        }
        else
        {
            return false;
        }

        return true;
    }

    private static void WriteVersion(CopyBuffer buffer, RowWrite row)
    {
        if (row.Version is { } version)
        {
            buffer.Add(version.Value);
            return;
        }

        buffer.AddNull();
    }

    private void WriteCell(CopyBuffer buffer, TargetColumn column, in ColumnValue value, bool isTold)
    {
        if (!isTold)
        {
            buffer.AddNull();
            return;
        }

        switch (column.Cell)
        {
            case CellType.Id:
                buffer.Add(Cells.Id(value, _table, column));
                break;
            case CellType.Text:
                WriteText(buffer, column, Cells.Text(value, _table, column));
                break;
            case CellType.Int:
                buffer.Add((int)Cells.Whole(value, _table, column));
                break;
            case CellType.BigInt:
                buffer.Add(Cells.Whole(value, _table, column));
                break;
            case CellType.Bit:
                buffer.Add(Cells.Bit(value, _table, column));
                break;
            case CellType.Instant:
                buffer.Add(Cells.Instant(value, _table, column));
                break;
            default:
                buffer.Add(Cells.Number(value, _table, column));
                break;
        }
    }

    private void WriteEntityType(CopyBuffer buffer, TargetColumn column, in ColumnValue value, bool isTold)
    {
        var entityType = isTold ? Cells.EntityType(value, _table, column) : default;
        if (entityType.IsEmpty)
        {
            buffer.AddNull();
            return;
        }

        DemandText(column, entityType);
        buffer.Add(entityType);
    }

    /// <summary>What the server would refuse is refused here, where the column is known.</summary>
    private void DemandText(TargetColumn column, ReadOnlySpan<byte> utf8)
    {
        Cells.DemandText(utf8, _table, column);
        if (utf8.Contains((byte)0))
        {
            throw Cells.Refusal(_table, column, "it holds the character 0, which PostgreSQL keeps in no text");
        }
    }

    private void WriteText(CopyBuffer buffer, TargetColumn column, ReadOnlySpan<byte> utf8)
    {
        DemandText(column, utf8);
        TextTooLongException.ThrowIfTooLong(utf8, _table, column);
        buffer.Add(utf8);
    }
}

namespace DataExport.Grains.Tests.Model;

/// <summary>The columns of the model's records as sources and messages bring them.</summary>
internal sealed class ModelColumns(IReadOnlyList<Guid> ids)
{
    private readonly ColumnValuesBuilder _builder = new();

    public ColumnValues Sent(Note note)
    {
        for (var column = 0; column < note.Columns.Length; column++)
        {
            if (note.Columns[column] is { } value)
            {
                _builder.Add(column, value);
            }
        }

        _builder.Add(3, ModelClock.At(note.Second));
        _builder.Add(5, ids[note.Record]);
        return _builder.Build(ModelTarget.Layout);
    }

    public ColumnValues All(int record, SourceRecord row)
    {
        for (var column = 0; column < row.Columns.Length; column++)
        {
            _builder.Add(column, row.Columns[column]);
        }

        _builder.Add(3, ModelClock.At(row.ModifiedOn));
        _builder.Add(4, row.Version);
        _builder.Add(5, ids[record]);
        return _builder.Build(ModelTarget.Layout);
    }
}

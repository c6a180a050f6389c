using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// One record while it is read: what its attributes say, in whichever format they come. Made to be used for the next
/// record.
/// </summary>
internal sealed class RecordDraft
{
    private const int BufferBytesKeptMax = 256 * 1024;
    private bool _isDecodable;
    private bool _touchesParties;
    private DateTime? _modifiedOn;
    private List<string>? _mojibake;

    /// <summary>The columns so far.</summary>
    public ColumnValuesBuilder Values { get; private set; } = new();

    /// <summary>Whether there was a list of attributes at all.</summary>
    public bool HasAttributes { get; set; }

    /// <summary>Forgets the record before.</summary>
    public void Begin()
    {
        _mojibake = null;
        ForgetAttributes();
    }

    /// <summary>Forgets the attributes, which are read again when they turn out to be of another table.</summary>
    public void ForgetAttributes()
    {
        HasAttributes = false;
        _isDecodable = true;
        _touchesParties = false;
        _modifiedOn = null;
        Values.Clear();
    }

    /// <summary>Takes note of an attribute's name.</summary>
    public void Take(in AttributeName attribute) => _touchesParties |= attribute.TouchesParties;

    /// <summary>Takes note of whether an attribute's value fitted its column.</summary>
    public void Take(bool fits) => _isDecodable &= fits;

    /// <summary>Takes the value of <c>modifiedon</c>, or null for one that is no date.</summary>
    public void TakeModifiedOn(DateTime? instant) =>
        _modifiedOn = instant is { } value ? ValueReader.WholeSeconds(value) : null;

    /// <summary>Takes note that a column's formatted value is wrongly encoded.</summary>
    public void TakeMojibake(string column) => Mojibake.AddName(ref _mojibake, column);

    /// <summary>Makes the record, whose name and id came beside the attributes.</summary>
    public ReadRecord Finish(ParameterRole role, in RecordName name, long position)
    {
        ColumnValues? columns = null;
        ColumnValues? filterColumns = null;
        if (HasAttributes && _isDecodable && name.Table is { } table)
        {
            if (table.Selection is { } selection)
            {
                filterColumns = selection.Filter?.ColumnsOf(Values, table.Layout);
                selection.Masks?.Apply(Values);
            }

            columns = Values.Build(table.Layout);
            Mojibake.AddNames(ref _mojibake, columns, table.Table);
        }

        if (Values.LargestBufferBytes > BufferBytesKeptMax)
        {
            // One large record must not make every later decode carry its buffer, whatever became of it.
            Values = new ColumnValuesBuilder();
        }

        return new ReadRecord
        {
            Role = role,
            TableName = name.TableName,
            Table = name.Table,
            Id = name.Id,
            HasAttributes = HasAttributes,
            Columns = columns,
            FilterColumns = filterColumns,
            ModifiedOn = _modifiedOn,
            TouchesParties = _touchesParties,
            Mojibake = _mojibake,
            Position = position,
        };
    }
}

/// <summary>Which record it is.</summary>
/// <param name="Id">Its id, or the empty GUID.</param>
/// <param name="TableName">The table that it said; empty when it did not.</param>
/// <param name="Table">Its table, if the catalog has it.</param>
internal readonly record struct RecordName(Guid Id, string TableName, ColumnIndex? Table);

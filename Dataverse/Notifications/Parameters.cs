using System.Runtime.InteropServices;
using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// What <c>InputParameters</c> say: the records they name, and their columns. What they mean is known only when the
/// whole body is read. Made to be filled again by the next body.
/// </summary>
internal sealed class Parameters
{
    private readonly List<ReadRecord> _records = [];

    /// <summary>The record that is being read.</summary>
    public RecordDraft Draft { get; } = new();

    /// <summary>The records that were read, until the next one is added.</summary>
    public ReadOnlySpan<ReadRecord> Records => CollectionsMarshal.AsSpan(_records);

    /// <summary>Whether there was any parameter at all: a truncated body has none.</summary>
    public bool HasAny { get; set; }

    /// <summary>The schema name in the parameter <c>Relationship</c>, if there is one.</summary>
    public string? RelationshipName { get; set; }

    /// <summary>
    /// The record after the change, as far as an image tells it; nothing where none does or its table has no filter.
    /// </summary>
    public ReadRecord? Image { get; private set; }

    /// <summary>Whether images are of use: they tell whether a record is exported.</summary>
    public bool TakesImages => Expected?.Selection?.Filter is not null;

    /// <summary>The catalog.</summary>
    public TableCatalog Tables { get; private set; } = TableCatalog.Untyped;

    /// <summary>
    /// The table that the records are likely of: they say so only after their attributes, and those are read at once if
    /// this is right, and once more if not.
    /// </summary>
    public ColumnIndex? Expected { get; private set; }

    /// <summary>Forgets the body before.</summary>
    public void Begin(TableCatalog tables, ColumnIndex? expected)
    {
        (Tables, Expected, Image) = (tables, expected, null);
        Forget();
    }

    /// <summary>Forgets what was read: of a member that comes twice, the last one counts.</summary>
    public void Forget()
    {
        (HasAny, RelationshipName) = (false, null);
        _records.Clear();
    }

    /// <summary>
    /// Adds a record; one of several that says nothing of itself is none. An array in binary XML would make one of each
    /// byte.
    /// </summary>
    public void Add(in ReadRecord record)
    {
        if (record.Role is ParameterRole.Image)
        {
            Image ??= record;
            return;
        }

        if (record.Role is not ParameterRole.Member || record.Id != Guid.Empty || record.HasAttributes)
        {
            _records.Add(record);
        }
    }
}

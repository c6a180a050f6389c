using DataExport.Grains.Selection;

namespace DataExport.Dataverse.Columns;

/// <summary>A table definition prepared for decoding: finds columns by UTF-8 name without allocating.</summary>
public sealed class ColumnIndex
{
    private readonly Utf8Index _ordinals;
    private readonly ColumnType[] _types;

    /// <summary>Prepares <paramref name="table"/>.</summary>
    /// <param name="table">The table.</param>
    /// <param name="maskKey">What hashed columns are hashed with.</param>
    public ColumnIndex(TableDefinition table, string? maskKey = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        Table = table;
        Layout = table.Layout;
        Selection = RowSelection.Of(table, maskKey);
        _types = [.. table.Columns.Select(column => column.Type)];
        _ordinals = new Utf8Index(
        [
            .. table.Columns.Select(static (column, ordinal) => (Column: column, Ordinal: ordinal))
                .Where(static each => !each.Column.HoldsFile)
                .Select(static each => KeyValuePair.Create(each.Column.Name, each.Ordinal)),
        ]);
        PrimaryIdOrdinal = table.OrdinalOf(table.PrimaryIdColumn);
        ModifiedOnOrdinal = table.OrdinalOf("modifiedon");
        CreatedOnOrdinal = table.OrdinalOf("createdon");
        VersionOrdinal = table.OrdinalOf("versionnumber");
        IsActivity = table.PrimaryIdColumn == TableDefinition.ActivityColumn
            || Array.IndexOf(_types, ColumnType.PartyList) >= 0;
    }

    /// <summary>The definition.</summary>
    public TableDefinition Table { get; }

    /// <summary>Its layout, computed once.</summary>
    public long Layout { get; }

    /// <summary>Which rows are exported and which values hidden; nothing for all rows as they are.</summary>
    internal RowSelection? Selection { get; }

    internal int PrimaryIdOrdinal { get; }

    internal int ModifiedOnOrdinal { get; }

    internal int CreatedOnOrdinal { get; }

    internal int VersionOrdinal { get; }

    /// <summary>
    /// Whether its records are activities: those have parties, also where no column lists them. A task's are its owner
    /// and what it regards.
    /// </summary>
    internal bool IsActivity { get; }

    /// <summary>The ordinal of a column, or -1.</summary>
    public int OrdinalOf(ReadOnlySpan<byte> utf8Name) => _ordinals.Find(utf8Name);

    /// <summary>What a column holds.</summary>
    public ColumnType TypeOf(int ordinal) => _types[ordinal];

    /// <summary>Whether the source keeps whole seconds only in this column.</summary>
    internal bool IsWholeSeconds(int ordinal) => ordinal == ModifiedOnOrdinal || ordinal == CreatedOnOrdinal;

    /// <summary>
    /// Whether the parties of an activity may change with the attribute: its party lists are parties, and so are what
    /// it regards and its owner; each party repeats when the activity is scheduled.
    /// </summary>
    internal bool TouchesParties(int ordinal, ReadOnlySpan<byte> utf8Name) =>
        (ordinal >= 0 && TypeOf(ordinal) is ColumnType.PartyList)
        || utf8Name.SequenceEqual("regardingobjectid"u8)
        || utf8Name.SequenceEqual("ownerid"u8)
        || utf8Name.SequenceEqual("scheduledstart"u8)
        || utf8Name.SequenceEqual("scheduledend"u8);
}

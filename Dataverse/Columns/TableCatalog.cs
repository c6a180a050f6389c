using System.Diagnostics.CodeAnalysis;

namespace DataExport.Dataverse.Columns;

/// <summary>
/// The tables of one export profile, prepared for decoding. Immutable: a schema change makes a new one.
/// </summary>
public sealed class TableCatalog
{
    private readonly ColumnIndex[] _tables;
    private readonly Utf8Index _names;

    /// <summary>Prepares the tables of a profile. Changes of other tables decode to nothing.</summary>
    public TableCatalog(string profileId, IEnumerable<TableDefinition> tables)
    {
        ProfileId = profileId;
        _tables = [.. tables.Select(table => new ColumnIndex(table))];
        _names = new Utf8Index([.. _tables.Select((table, index) => KeyValuePair.Create(table.Table.Name, index))]);
    }

    /// <summary>
    /// A catalog that knows no table and takes each record's columns as they come, by the JSON types they have: GUIDs
    /// and texts that are no dates stay text. For looking at notifications, never for writing rows.
    /// </summary>
    public static TableCatalog Untyped { get; } = new("", []) { TakesAnyTable = true };

    /// <summary>The profile whose changes are decoded.</summary>
    public string ProfileId { get; }

    /// <summary>Whether a table that is not in the catalog is described by what comes along.</summary>
    public bool TakesAnyTable { get; private init; }

    /// <summary>Finds a table by its logical name in UTF-8.</summary>
    public bool TryFind(ReadOnlySpan<byte> utf8Name, [NotNullWhen(true)] out ColumnIndex? table)
    {
        var index = _names.Find(utf8Name);
        table = index < 0 ? null : _tables[index];
        return table is not null;
    }
}

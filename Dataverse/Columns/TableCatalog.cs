using System.Diagnostics.CodeAnalysis;

namespace DataExport.Dataverse.Columns;

/// <summary>
/// The tables of one export profile, prepared for decoding. Immutable: a schema change makes a new one.
/// </summary>
public sealed class TableCatalog
{
    private readonly ColumnIndex[] _tables;
    private readonly Utf8Index _names;
    private readonly Dictionary<string, CatalogRelationship> _relationships = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Prepares the tables of a profile. Changes of other tables decode to nothing.</summary>
    /// <param name="profileId">The profile.</param>
    /// <param name="tables">Its tables.</param>
    /// <param name="maskKey">What hashed columns are hashed with.</param>
    public TableCatalog(string profileId, IEnumerable<TableDefinition> tables, string? maskKey = null)
    {
        ProfileId = profileId;
        _tables = [.. tables.Select(table => new ColumnIndex(table, maskKey))];
        _names = new Utf8Index([.. _tables.Select((table, index) => KeyValuePair.Create(table.Table.Name, index))]);
        ActivityParties = Array.Find(_tables, static table => table.Table.Name == TableDefinition.ActivityPartyTable);
        foreach (var table in _tables)
        {
            foreach (var relationship in table.Table.Relationships)
            {
                _ = _relationships.TryAdd(relationship.SchemaName, new CatalogRelationship(table, relationship));
            }
        }
    }

    /// <summary>
    /// A catalog that knows no table and takes each record's columns as they come, by the types that JSON tells: GUIDs
    /// and texts that are no dates stay text. For looking at notifications, never for writing rows.
    /// </summary>
    public static TableCatalog Untyped { get; } = new("", []) { TakesAnyTable = true };

    /// <summary>The profile whose changes are decoded.</summary>
    public string ProfileId { get; }

    /// <summary>Whether a table that is not in the catalog is described by what comes along.</summary>
    public bool TakesAnyTable { get; private init; }

    /// <summary>The table of the activities' parties, if the profile has it.</summary>
    internal ColumnIndex? ActivityParties { get; }

    /// <summary>The N:N relationships whose intersect tables the profile has.</summary>
    internal IReadOnlyCollection<CatalogRelationship> Relationships => _relationships.Values;

    /// <summary>Finds a N:N relationship by the name that messages bear; case makes no difference.</summary>
    internal bool TryFindRelationship(string schemaName, out CatalogRelationship relationship) =>
        _relationships.TryGetValue(schemaName, out relationship);

    /// <summary>Finds a table by its logical name in UTF-8.</summary>
    public bool TryFind(ReadOnlySpan<byte> utf8Name, [NotNullWhen(true)] out ColumnIndex? table)
    {
        var index = _names.Find(utf8Name);
        table = index < 0 ? null : _tables[index];
        return table is not null;
    }
}

/// <summary>A N:N relationship and the table that holds its rows.</summary>
internal readonly record struct CatalogRelationship(ColumnIndex Table, RelationshipDefinition Relationship);

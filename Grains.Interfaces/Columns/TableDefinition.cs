using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace DataExport;

/// <summary>
/// One table, as the source describes it. A column's place in <see cref="Columns"/> is its ordinal, by which
/// <see cref="ColumnValues"/> names it.
/// </summary>
[GenerateSerializer, Immutable, Alias("DataExport.TableDefinition")]
public sealed record TableDefinition
{
    /// <summary>The table's logical name, lower case.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The name under which the Web API serves its rows.</summary>
    [Id(1)]
    public required string EntitySetName { get; init; }

    /// <summary>The column that holds the record's own id.</summary>
    [Id(2)]
    public required string PrimaryIdColumn { get; init; }

    /// <summary>All replicated columns. At most 65,535.</summary>
    [Id(3)]
    public required ImmutableArray<ColumnDefinition> Columns { get; init; }

    /// <summary>
    /// The schema name that its privileges end with, such as <c>Account</c> in <c>prvReadAccount</c>.
    /// </summary>
    [Id(4)]
    public string SchemaName { get; init; } = "";

    /// <summary>
    /// The N:N relationships whose rows the table holds; empty for all tables but intersect tables. Most of those hold
    /// one, <c>listmember</c> holds one for each kind of member.
    /// </summary>
    [Id(5)]
    public ImmutableArray<RelationshipDefinition> Relationships { get; init; } = [];

    /// <summary>
    /// Names of the privileges that, all at organization depth, show that the caller reads every row. Empty when the
    /// metadata does not tell.
    /// </summary>
    [Id(6)]
    public ImmutableArray<string> ReadPrivileges { get; init; } = [];

    /// <summary>
    /// Which rows are exported, in the filter language of OData; <see langword="null"/> for all. It fits the columns.
    /// </summary>
    [Id(7)]
    public string? Filter { get; init; }

    /// <summary>
    /// The columns that <see cref="Filter"/> looks at. An image of them tells whether a record is exported.
    /// </summary>
    [Id(8)]
    public ImmutableArray<string> FilterColumns { get; init; } = [];

    /// <summary>Columns whose values are hidden from the target.</summary>
    [Id(9)]
    public ImmutableArray<ColumnMask> Masks { get; init; } = [];

    /// <summary>
    /// Whether the source keeps no list of the table's changes: then all its rows are compared now and then, by id and
    /// version.
    /// </summary>
    [Id(10)]
    public bool IsUntracked { get; init; }

    /// <summary>
    /// Whether it is an elastic table: what is read of it may be a little old, so that its rows are written and deleted
    /// by pages and deltas alone.
    /// </summary>
    [Id(11)]
    public bool IsElastic { get; init; }

    /// <summary>
    /// The columns by whose value rows are asked for as a set, because no message names the rows themselves: both sides
    /// of an intersect table, the activity of activity parties. Empty for all other tables.
    /// </summary>
    [JsonIgnore]
    public ImmutableArray<string> SetColumns => Name == ActivityPartyTable
        ? [ActivityColumn]
        : [.. Relationships.SelectMany(static each => new[] { each.Column1, each.Column2 }).Distinct()];

    /// <summary>The table that holds the parties of all activities.</summary>
    public const string ActivityPartyTable = "activityparty";

    /// <summary>The column of a party that names its activity.</summary>
    public const string ActivityColumn = "activityid";

    /// <summary>
    /// A fingerprint of the columns' names, types and order. Values written with another layout must not be read with
    /// this definition. Computed on every call: who needs it often keeps it.
    /// </summary>
    [JsonIgnore]
    public long Layout => TableLayout.Fingerprint(Columns);

    /// <summary>The ordinal of <paramref name="column"/>, or -1.</summary>
    public int OrdinalOf(string column)
    {
        for (var ordinal = 0; ordinal < Columns.Length; ordinal++)
        {
            if (Columns[ordinal].Name == column)
            {
                return ordinal;
            }
        }

        return -1;
    }
}

namespace DataExport.Sandbox;

/// <summary>The tables of a sandbox, their relationships, and the rows that it begins with.</summary>
public sealed class SandboxModel
{
    internal SandboxModel(int seed, TableCatalog catalog, SandboxTable[] tables, int[] shares) =>
        (Seed, Catalog, Tables, Shares) = (seed, catalog, tables, shares);

    /// <summary>Tables and rows of a set that the Configuration Migration tool exported.</summary>
    /// <param name="directory">Holds <c>data_schema.xml</c> and <c>data.xml</c>.</param>
    /// <param name="seed">Decides the values that changes bring.</param>
    /// <exception cref="ImportException">A file is missing or wrong.</exception>
    public static SandboxModel FromData(string directory, int seed) => DataImport.Read(directory, seed);

    /// <summary>Tables of EntityMetadata exports, to be filled with made-up rows.</summary>
    /// <param name="directory">Holds the exports, <c>*.xml</c>.</param>
    /// <param name="seed">Decides ids and values.</param>
    /// <exception cref="ImportException">A file is missing or wrong.</exception>
    public static SandboxModel FromMetadata(string directory, int seed) => MetadataImport.Read(directory, seed);

    /// <summary>All tables, in the order of their numbers in the catalog.</summary>
    internal SandboxTable[] Tables { get; }

    /// <summary>The names that records have numbers of.</summary>
    internal TableCatalog Catalog { get; }

    /// <summary>What ids and values are drawn by.</summary>
    internal int Seed { get; }

    /// <summary>Of each ordinary table, its share of generated rows and changes.</summary>
    internal int[] Shares { get; }

    /// <summary>The rows that came with the tables, by the tables' places; empty for made-up models.</summary>
    internal IReadOnlyList<LoadedRow>[] Loaded { get; init; } = [];

    /// <summary>One of so many changes concerns a set: N:N rows, or the parties of an activity.</summary>
    internal int ChangesPerSetChange { get; init; } = 12;

    /// <summary>Whether it is to be filled; one with loaded rows is not.</summary>
    public bool TakesRows => Loaded.Length == 0;

    /// <summary>The tables whose records change by themselves: all but intersect tables and parties.</summary>
    internal int OrdinaryTables => Shares.Length;
}

/// <summary>A row that a sandbox begins with.</summary>
/// <param name="Values">Its values.</param>
/// <param name="CreatedOn">Seconds since <see cref="RecordTime.Epoch"/>; null for now.</param>
/// <param name="ModifiedOn">The same of its last change.</param>
internal readonly record struct LoadedRow(StoredRow Values, uint? CreatedOn = null, uint? ModifiedOn = null);

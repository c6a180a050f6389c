namespace DataExport.Dataverse.WebApi;

/// <summary>Gathers what shows that the caller reads a table as a whole.</summary>
internal sealed class ReadProof(TableDefinition table)
{
    private int _shown;

    /// <summary>The privileges to ask about.</summary>
    public IReadOnlyList<string> Privileges { get; } = table.ReadPrivileges is { IsDefaultOrEmpty: false } known
        ? known
        : Guess(table);

    /// <summary>
    /// Whether enough was shown: every privilege that the metadata names, or one of those that were guessed.
    /// </summary>
    public bool IsWholeTable => _shown > 0 && (table.ReadPrivileges.IsDefaultOrEmpty || _shown == Privileges.Count);

    /// <summary>One of the privileges has organization depth.</summary>
    public void AddShown() => _shown++;

    /// <summary>
    /// The read privilege is named for the table, but for some old tables by another name, and all activities share
    /// one. A privilege that does not exist proves nothing and does no harm.
    /// </summary>
    private static string[] Guess(TableDefinition table) => table switch
    {
        { Name: "annotation" } => ["prvReadNote"],
        { PrimaryIdColumn: TableDefinition.ActivityColumn } => ["prvReadActivity", $"prvRead{table.SchemaName}"],
        _ => [$"prvRead{table.SchemaName}"],
    };
}

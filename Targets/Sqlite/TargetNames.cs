namespace DataExport.Targets.Sqlite;

/// <summary>The names of all that a profile has in its target: DES's, and ours beside them.</summary>
internal sealed class TargetNames(string prefix)
{
    public SqlIdentifier OptionsetMetadata { get; } = Of(prefix, "OptionsetMetadata");

    public SqlIdentifier GlobalOptionsetMetadata { get; } = Of(prefix, "GlobalOptionsetMetadata");

    public SqlIdentifier StateMetadata { get; } = Of(prefix, "StateMetadata");

    public SqlIdentifier StatusMetadata { get; } = Of(prefix, "StatusMetadata");

    public SqlIdentifier TargetMetadata { get; } = Of(prefix, "TargetMetadata");

    public SqlIdentifier AttributeMetadata { get; } = Of(prefix, "AttributeMetadata");

    public SqlIdentifier DeleteLog { get; } = Of(prefix, "DeleteLog");

    public SqlIdentifier Pending { get; } = Of(prefix, "Pending");

    public SqlIdentifier PendingSets { get; } = Of(prefix, "PendingSets");

    public SqlIdentifier TableSync { get; } = Of(prefix, "TableSync");

    /// <summary>The target's table for a table of the source.</summary>
    public SqlIdentifier TableOf(string table) => Of(prefix, table);

    /// <summary>Whether a table of the source would take the name of one of the other tables.</summary>
    public bool IsTaken(SqlIdentifier table) => new[]
    {
        OptionsetMetadata, GlobalOptionsetMetadata, StateMetadata, StatusMetadata, TargetMetadata, AttributeMetadata,
        DeleteLog, Pending, PendingSets, TableSync,
    }.Any(own => own.Name.Equals(table.Name, StringComparison.OrdinalIgnoreCase));

    private static SqlIdentifier Of(string prefix, string name) =>
        SqlIdentifier.Of(prefix.Length == 0 ? name : $"{prefix}_{name}");
}

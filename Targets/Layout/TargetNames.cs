namespace DataExport.Targets.Layout;

/// <summary>The names of all that a profile has in its target: DES's, and ours beside them.</summary>
internal sealed class TargetNames
{
    private readonly string _prefix;
    private readonly SqlIdentifier? _schema;

    /// <param name="prefix">Stands before every name, with an underscore between; empty for none.</param>
    /// <param name="dialect">How the engine keeps names.</param>
    /// <param name="schema">The schema of all of them; <see langword="null"/> where the engine has none.</param>
    public TargetNames(string prefix, TargetDialect dialect, string? schema = null)
    {
        (_prefix, Dialect) = (prefix, dialect);
        _schema = schema is null ? null : SqlIdentifier.Of(schema);
        OptionsetMetadata = TableOf("OptionsetMetadata");
        GlobalOptionsetMetadata = TableOf("GlobalOptionsetMetadata");
        StateMetadata = TableOf("StateMetadata");
        StatusMetadata = TableOf("StatusMetadata");
        TargetMetadata = TableOf("TargetMetadata");
        AttributeMetadata = TableOf("AttributeMetadata");
        DeleteLog = TableOf("DeleteLog");
        Pending = TableOf("Pending");
        PendingSets = TableOf("PendingSets");
        TableSync = TableOf("TableSync");
        SchemaChanges = TableOf("SchemaChanges");
    }

    public TargetDialect Dialect { get; }

    /// <summary>The schema, without quotes; DES's default where the engine has none.</summary>
    public string Schema => _schema?.Name ?? "dbo";

    public TableName OptionsetMetadata { get; }

    public TableName GlobalOptionsetMetadata { get; }

    public TableName StateMetadata { get; }

    public TableName StatusMetadata { get; }

    public TableName TargetMetadata { get; }

    public TableName AttributeMetadata { get; }

    public TableName DeleteLog { get; }

    public TableName Pending { get; }

    public TableName PendingSets { get; }

    public TableName TableSync { get; }

    public TableName SchemaChanges { get; }

    /// <summary>The target's table for a table of the source.</summary>
    public TableName TableOf(string table) =>
        new(_schema, Dialect.Name(_prefix.Length == 0 ? table : $"{_prefix}_{table}"));

    /// <summary>Whether a table of the source would take the name of one of the other tables.</summary>
    public bool IsTaken(TableName table) => new[]
    {
        OptionsetMetadata, GlobalOptionsetMetadata, StateMetadata, StatusMetadata, TargetMetadata, AttributeMetadata,
        DeleteLog, Pending, PendingSets, TableSync, SchemaChanges,
    }.Any(own => own.Name.Equals(table.Name, StringComparison.OrdinalIgnoreCase));
}

namespace DataExport.Targets.Layout;

/// <summary>The name of a table or type of the target, with its schema where the engine has schemas.</summary>
internal readonly record struct TableName(SqlIdentifier? Schema, SqlIdentifier Table)
{
    /// <summary>The table's own name, without quotes.</summary>
    public string Name => Table.Name;

    /// <summary>The name as a statement holds it.</summary>
    public override string ToString() => Schema is { } schema ? $"{schema}.{Table}" : Table.ToString();
}

namespace DataExport.Targets.Layout;

/// <summary>Dataverse's words and numbers for column types, as <c>AttributeMetadata</c> holds them.</summary>
internal static class AttributeTypes
{
    internal static string NameOf(ColumnDefinition column) =>
        column.AttributeType.Length > 0 ? column.AttributeType : DefaultNameOf(column.Type);

    /// <summary>The value of Dataverse's <c>AttributeTypeCode</c>; an unknown word counts as virtual.</summary>
    internal static int CodeOf(ColumnDefinition column) => NameOf(column) switch
    {
        "Boolean" => 0,
        "Customer" => 1,
        "DateTime" => 2,
        "Decimal" => 3,
        "Double" => 4,
        "Integer" => 5,
        "Lookup" => 6,
        "Memo" => 7,
        "Money" => 8,
        "Owner" => 9,
        "PartyList" => 10,
        "Picklist" => 11,
        "State" => 12,
        "Status" => 13,
        "String" => 14,
        "Uniqueidentifier" => 15,
        "CalendarRules" => 16,
        "BigInt" => 18,
        "ManagedProperty" => 19,
        "EntityName" => 20,
        _ => 17,
    };

    private static string DefaultNameOf(ColumnType type) => type switch
    {
        ColumnType.Text => "String",
        ColumnType.DateOnly => "DateTime",
        ColumnType.Choice => "Picklist",
        ColumnType.UniqueIdentifier => "Uniqueidentifier",
        ColumnType.MultiSelect => "Virtual",
        _ => type.ToString(),
    };
}

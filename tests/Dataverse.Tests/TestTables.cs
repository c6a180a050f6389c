namespace DataExport.Dataverse.Tests;

/// <summary>Table definitions written as "name:Type name:Type".</summary>
internal static class TestTables
{
    public const string AllTypes =
        "accountid:UniqueIdentifier name:Text description:Memo numberofemployees:Integer versionnumber:BigInt " +
        "creditonhold:Boolean createdon:DateTime modifiedon:DateTime lastusedon:DateOnly exchangerate:Decimal " +
        "address1_latitude:Double revenue:Money industrycode:Choice statecode:State statuscode:Status " +
        "ownerid:Lookup primarycontactid:Lookup tablename:EntityName tags:MultiSelect parties:PartyList";

    public static readonly TableDefinition Account = Define("account", AllTypes);

    public static TableDefinition Define(string name, string columns) => new()
    {
        Name = name,
        SchemaName = char.ToUpperInvariant(name[0]) + name[1..],
        EntitySetName = name + "s",
        PrimaryIdColumn = name + "id",
        Columns =
        [
            .. columns.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(column => column.Split(':')).Select(
                column => new ColumnDefinition { Name = column[0], Type = Enum.Parse<ColumnType>(column[1]) }),
        ],
    };

    /// <summary>The values by column name, as a person reads them; null for columns that are set to nothing.</summary>
    public static Dictionary<string, string?> Read(this TableDefinition table, ColumnValues? values)
    {
        var result = new Dictionary<string, string?>();
        values.ShouldNotBeNull().Layout.ShouldBe(table.Layout);
        foreach (var value in values)
        {
            result.Add(table.Columns[value.Ordinal].Name, value.IsNull ? null : value.ToString());
        }

        return result;
    }
}

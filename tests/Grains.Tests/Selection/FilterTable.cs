using DataExport.Grains.Selection;

namespace DataExport.Grains.Tests.Selection;

/// <summary>A table with a column of every type that a filter can look at, and rows of it.</summary>
internal static class FilterTable
{
    public static readonly Guid Owner = Guid.Parse("b36cf9bf-5b1c-ee11-8f6c-6045bd8a0001");

    public static TableDefinition Definition { get; } = new()
    {
        Name = "account",
        EntitySetName = "accounts",
        PrimaryIdColumn = "accountid",
        Columns =
        [
            Column("accountid", ColumnType.UniqueIdentifier),
            Column("name", ColumnType.Text, 100),
            Column("statecode", ColumnType.State),
            Column("revenue", ColumnType.Money),
            Column("weight", ColumnType.Double),
            Column("createdon", ColumnType.DateTime),
            Column("birthday", ColumnType.DateOnly),
            Column("donotemail", ColumnType.Boolean),
            Column("ownerid", ColumnType.Lookup),
            Column("colours", ColumnType.MultiSelect),
            Column("modifiedon", ColumnType.DateTime),
            Column("versionnumber", ColumnType.BigInt),
            Column("to", ColumnType.PartyList),
        ],
    };

    /// <summary>A row in which every column has a value.</summary>
    public static ColumnValues Full()
    {
        var builder = new ColumnValuesBuilder();
        builder.AddText(1, "Müller's Shop "u8);
        builder.Add(2, 1L);
        builder.Add(3, 12.50m);
        builder.Add(4, 0.5);
        builder.Add(5, new DateTime(2024, 3, 1, 10, 0, 0, DateTimeKind.Utc));
        builder.Add(6, new DateTime(2000, 2, 29, 0, 0, 0, DateTimeKind.Utc));
        builder.Add(7, true);
        builder.AddLookup(8, Owner, "systemuser"u8);
        builder.AddText(9, "3;7;12"u8);
        return builder.Build(Definition.Layout);
    }

    /// <summary>A row in which every column is empty.</summary>
    public static ColumnValues Empty() => new ColumnValuesBuilder().Build(Definition.Layout);

    public static FilterOutcome Evaluate(string filter, ColumnValues row) =>
        RowFilter.Of(filter, Definition).Evaluate(FilterRow.Whole(row));

    private static ColumnDefinition Column(string name, ColumnType type, int length = 0) =>
        new() { Name = name, Type = type, MaxLength = length };
}

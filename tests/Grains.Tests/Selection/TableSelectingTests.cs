using DataExport.Grains.Selection;

namespace DataExport.Grains.Tests.Selection;

/// <summary>What is left of a table when a profile chooses from it.</summary>
public sealed class TableSelectingTests
{
    private static readonly TableDefinition s_party = new()
    {
        Name = TableDefinition.ActivityPartyTable,
        EntitySetName = "activityparties",
        PrimaryIdColumn = "activitypartyid",
        Columns =
        [
            new ColumnDefinition { Name = "activitypartyid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "activityid", Type = ColumnType.Lookup },
            new ColumnDefinition { Name = "addressused", Type = ColumnType.Text, MaxLength = 15 },
        ],
    };

    [Fact]
    public void Select_NothingChosen_LeavesTheTableAsItIs()
    {
        var table = Select(new ProfileEntity("account"));

        table.Columns.ShouldBe(FilterTable.Definition.Columns);
        table.Filter.ShouldBeNull();
        table.Layout.ShouldBe(FilterTable.Definition.Layout);
    }

    [Fact]
    public void Select_Columns_KeepsTheirOrderAndWhatIsNeededBeside()
    {
        var table = Select(new ProfileEntity("account") { Columns = ["revenue", "name"], Filter = "statecode eq 0" });

        table.Columns.Select(static column => column.Name).ShouldBe(
            ["accountid", "name", "statecode", "revenue", "createdon", "modifiedon", "versionnumber", "to"]);
        table.FilterColumns.ShouldBe(["statecode"]);
        table.Filter.ShouldBe("statecode eq 0");
    }

    [Fact]
    public void Select_ColumnsOfATableOfSets_KeepsThoseThatSetsAreAskedBy() =>
        Select(new ProfileEntity("activityparty") { Columns = ["addressused"] }, s_party)
            .Columns.Select(static column => column.Name)
            .ShouldBe(["activitypartyid", "activityid", "addressused"]);

    [Fact]
    public void Select_UnknownColumn_IsNamed() =>
        Fault(new ProfileEntity("account") { Columns = ["colour"] }).ShouldContain("Columns names 'colour'");

    [Fact]
    public void Select_FilterThatDoesNotFit_IsNamedWithItsPlace() =>
        Fault(new ProfileEntity("account") { Filter = "name eq 5" })
            .ShouldBe("Table 'account': Filter, character 9: 'name' is compared with a text in single quotes, and this "
                + "is none. Correct the filter.");

    [Fact]
    public void Select_FilterOfATableOfSets_IsRefused() =>
        Fault(new ProfileEntity("activityparty") { Filter = "addressused eq 'x'" }, s_party)
            .ShouldContain("Filter is not possible");

    [Theory]
    [InlineData("accountid", MaskKind.Mask, "told apart and ordered")]
    [InlineData("modifiedon", MaskKind.Mask, "told apart and ordered")]
    [InlineData("versionnumber", MaskKind.Mask, "told apart and ordered")]
    [InlineData("colour", MaskKind.Mask, "not exported")]
    [InlineData("ownerid", MaskKind.Hash, "holds no text")]
    public void Select_MaskThatCannotBe_IsNamed(string column, MaskKind kind, string message)
    {
        var fault = Fault(new ProfileEntity("account") { Masks = [new ColumnMask(column, kind)] });

        fault.ShouldContain($"Masks names column '{column}'");
        fault.ShouldContain(message);
    }

    [Fact]
    public void Select_HashOfAColumnThatIsTooNarrow_IsNamed() =>
        Fault(new ProfileEntity("activityparty") { Masks = [new("addressused", MaskKind.Hash)] }, s_party)
            .ShouldContain("room for 15 characters");

    [Fact]
    public void Select_HashWithoutKey_IsNamed() =>
        Should.Throw<ProfileException>(() => TableSelecting.Select([FilterTable.Definition], new ExportProfile
        {
            Entities = [new ProfileEntity("account") { Masks = [new("name", MaskKind.Hash)] }],
        })).Message.ShouldContain("no MaskKey");

    private static string Fault(ProfileEntity entity, TableDefinition? table = null) =>
        Should.Throw<ProfileException>(() => Select(entity, table)).Message;

    private static TableDefinition Select(ProfileEntity entity, TableDefinition? table = null) =>
        TableSelecting.Select(
            [table ?? FilterTable.Definition],
            new ExportProfile { Entities = [entity], MaskKey = "a key of 16 letters" }).Single();
}

using DataExport.Dataverse.Columns;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Notifications;

/// <summary>What a notification says of a record's place to its table's filter, in every format.</summary>
public sealed class FilterRuleTests
{
    private const string ModifiedOn = "{'key':'modifiedon','value':'\\/Date(1724658196000)\\/'}";
    private const string Active = "{'key':'statecode','value':{'__type':'OptionSetValue:http:\\/\\/x','Value':0}}";
    private const string Inactive = "{'key':'statecode','value':{'__type':'OptionSetValue:http:\\/\\/x','Value':1}}";

    private static readonly TableDefinition s_table = TestTables.Account with { Filter = "statecode eq 0" };

    [Theory]
    [InlineData(Active, ChangeKind.Create)]
    [InlineData(Inactive, ChangeKind.Outside)]
    [InlineData("", ChangeKind.Outside)]
    public void Create_WithoutImage_IsToldByItsColumns(string attribute, ChangeKind kind) =>
        Kind("Create", attribute, "[]").ShouldBe(kind);

    [Theory]
    [InlineData(Active, ChangeKind.Update)]
    [InlineData(Inactive, ChangeKind.Outside)]
    [InlineData("", ChangeKind.Update)]
    public void Update_WithoutImage_IsToldByWhatWasSentAndElseNotAtAll(string attribute, ChangeKind kind) =>
        Kind("Update", attribute, "[]").ShouldBe(kind);

    [Theory]
    [InlineData(Active, "", ChangeKind.Update)]
    [InlineData(Inactive, "", ChangeKind.Outside)]
    [InlineData("", "", ChangeKind.Outside)]
    [InlineData(Inactive, Active, ChangeKind.Outside)]
    [InlineData("", Active, ChangeKind.Update)]
    public void Update_WithImage_IsToldByItAndWhatItLacksIsEmpty(string image, string sent, ChangeKind kind) =>
        Kind("Update", sent, $"[{Image("DataExport", image)}]").ShouldBe(kind);

    [Fact]
    public void Image_ThatComesUnasked_TellsNothing() =>
        Kind("Update", "", $"[{Image("AsynchronousStepPrimaryName", "")}]").ShouldBe(ChangeKind.Update);

    [Fact]
    public void Image_BesideTheOneThatComesUnasked_Counts() =>
        Kind("Update", "", $"[{Image("AsynchronousStepPrimaryName", "")},{Image("x", Inactive)}]")
            .ShouldBe(ChangeKind.Outside);

    [Fact]
    public void Image_OfAnotherRecordOrUnreadable_TellsNothing()
    {
        var unreadable = Item("statecode", "'Active'");

        Kind("Update", "", $"[{Item("x", Entity(Inactive, id: OtherId))}]").ShouldBe(ChangeKind.Update);
        Kind("Update", "", $"[{Image("x", unreadable)}]").ShouldBe(ChangeKind.Update);
        Kind("Update", "", "null").ShouldBe(ChangeKind.Update);
    }

    [Fact]
    public void Outside_CarriesNoColumnsAndItsSecond()
    {
        var change = Decode(Body("Update", Inactive, "[]"), catalog: new TableCatalog("p1", [s_table]))
            .Changes.ShouldHaveSingleItem();

        change.Columns.ShouldBeNull();
        change.ModifiedOn.ShouldBe(new DateTime(2024, 8, 26, 7, 43, 16, DateTimeKind.Utc));
    }

    [Fact]
    public void Masks_HideTheColumnFromTheChangeAndNotFromTheFilter()
    {
        var table = s_table with
        {
            Filter = "statecode eq 0 and name eq 'Ann'",
            Masks = [new("statecode"), new("name", MaskKind.Hash), new("description"), new("ownerid")],
        };
        var attributes = $"{Active},{Item("name", "'Ann'")},{Item("description", "'secret'")},"
            + $"{Item("ownerid", Reference("systemuser", OtherId))}";

        var change = Decode(
            Body("Create", attributes, "[]"), catalog: new TableCatalog("p1", [table], "a key of 16 letters"))
            .Changes.ShouldHaveSingleItem();

        change.Kind.ShouldBe(ChangeKind.Create);
        var columns = table.Read(change.Columns);
        columns["statecode"].ShouldBeNull();
        columns["ownerid"].ShouldBeNull();
        columns["description"].ShouldBe("***");
        columns["name"].ShouldNotBeNull().Length.ShouldBe(64);
    }

    private static ChangeKind Kind(string message, string attribute, string images) =>
        Decode(Body(message, attribute, images), catalog: new TableCatalog("p1", [s_table]))
            .Changes.ShouldHaveSingleItem().Kind;

    private static string Image(string key, string attributes) => Item(key, Entity(attributes));

    private static string Body(string message, string attribute, string images)
    {
        var attributes = attribute.Length == 0 ? ModifiedOn : $"{ModifiedOn},{attribute}";
        return WithTarget(message, attributes)
            .Replace(
                "\"PrimaryEntityId\"", $"\"PostEntityImages\":{images},\"PrimaryEntityId\"", StringComparison.Ordinal)
            .Replace('\'', '"');
    }
}

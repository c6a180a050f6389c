using System.Text;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Notifications;

public sealed class NotificationPrinterTests
{
    private static readonly string Columns = string.Join(
        ',',
        Item("accountid", "'80A2C641-4C79-E611-80DF-C4346BACA9E4'"),
        Item("name", "'Zoë \\u0022Ltd\\u0022'"),
        Item("numberofemployees", "12"),
        Item("creditonhold", "false"),
        Item("modifiedon", "'\\/Date(1724658196000)\\/'"),
        Item("lastusedon", "'\\/Date(643420800000+0000)\\/'"),
        Item("exchangerate", "1.0000000000"),
        Item("revenue", "{'__type':'Money:x','Value':100.50}"),
        Item("industrycode", "{'__type':'OptionSetValue:x','Value':3}"),
        Item("ownerid", Reference("team")),
        Item("tags", "[{'__type':'OptionSetValue:x','Value':2},{'__type':'OptionSetValue:x','Value':1}]"),
        Item("parties", "{'__type':'EntityCollection:x','Entities':[]}"),
        Item("image", "[1,2]"),
        Item("description", "null"));

    private const string Head = """
        {"table":"account","id":"80a2c641-4c79-e611-80df-c4346baca9e4","kind":"
        """;

    private const string Ids = """
        "operationId":"804c4f08-3759-ed11-9562-000d3adf72a2",
        """ + """
        "organizationId":"407b9c05-0e6b-45c2-bf2f-45891c1c0937","columns":
        """;

    [Fact]
    public void Print_WithoutCatalog_KeepsWhatJsonDoesNotTellAsText() => Print(WithTarget("Create", Columns)).ShouldBe(
        Head + """create","modifiedOn":"2024-08-26T07:43:16Z","message":"Create",""" + Ids + """
        {"accountid":"80A2C641-4C79-E611-80DF-C4346BACA9E4","name":"Zoë \"Ltd\"","numberofemployees":12,
        """ + """
        "creditonhold":false,"modifiedon":"2024-08-26T07:43:16Z","lastusedon":"1990-05-23T00:00:00Z",
        """ + """
        "exchangerate":1.0000000000,"revenue":100.50,"industrycode":3,
        """ + """
        "ownerid":{"id":"80a2c641-4c79-e611-80df-c4346baca9e4","table":"team"},"tags":"1;2","description":null}}
        """);

    [Fact]
    public void Print_WithCatalog_ReadsByColumnTypes()
    {
        var line = Print(WithTarget("Update", Columns), Catalog);

        line.ShouldStartWith(Head + """update","modifiedOn":"2024-08-26T07:43:16Z",""");
        line.ShouldContain("""
            "accountid":"80a2c641-4c79-e611-80df-c4346baca9e4"
            """);
        line.ShouldContain("""
            "lastusedon":"1990-05-23"
            """);
    }

    [Fact]
    public void Print_Delete_HasNoColumns() => Print(Context("Delete", $"[{Item("Target", Reference())}]")).ShouldBe(
        Head + """delete","modifiedOn":"2024-08-26T07:43:16Z","message":"Delete",""" + Ids + "{}}");

    [Fact]
    public void Print_Touched_SaysWhy() => Print(Context("Assign", $"[{Item("Target", Reference())}]")).ShouldBe(
        Head + """touched","reason":"OtherMessage","modifiedOn":null,"message":"Assign",""" + Ids + "{}}");

    [Fact]
    public void Print_FractionOfSecond_IsThereOnlyWhereThereIsOne() => Print(WithTarget(
        "Update", Item("a", "'\\/Date(1724658196120)\\/'") + "," + Item("b", "'\\/Date(1724658196000)\\/'")))
        .ShouldEndWith("""
            {"a":"2024-08-26T07:43:16.12Z","b":"2024-08-26T07:43:16Z"}}
            """);

    [Fact]
    public void Print_NoChangeOfARecord_PrintsNothing() =>
        PrintLines(Context("new_Do", "[]", "none", Guid.Empty.ToString())).ShouldBeEmpty();

    [Fact]
    public void Print_BodyThatDoesNotDecode_SaysWhere()
    {
        var body = new NotificationBody("{\"MessageName\""u8.ToArray());

        new NotificationPrinter().TryPrint(body, out var lines, out var fault).ShouldBeFalse();

        lines.ShouldBeEmpty();
        fault.ToString().ShouldStartWith("byte 14: ");
    }

    private static string Print(string body, TableCatalog? tables = null) =>
        PrintLines(body, tables).ShouldHaveSingleItem();

    private static IReadOnlyList<string> PrintLines(string body, TableCatalog? tables = null)
    {
        var bytes = new NotificationBody(Encoding.UTF8.GetBytes(body));
        new NotificationPrinter(tables).TryPrint(bytes, out var lines, out var fault).ShouldBeTrue(fault.ToString());
        return lines;
    }
}

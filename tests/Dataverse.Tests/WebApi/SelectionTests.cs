using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Tests.WebApi;

/// <summary>Pages and fetches of a table with a filter and masks.</summary>
public sealed class SelectionTests
{
    private const string First = "60c4e274-0d87-e711-80e5-00155db19e6d";
    private const string Second = "70c4e274-0d87-e711-80e5-00155db19e6d";
    private const string Third = "80c4e274-0d87-e711-80e5-00155db19e6d";

    private static readonly TableDefinition s_table = TestTables.Define(
        "account", "accountid:UniqueIdentifier name:Text statecode:State ownerid:Lookup versionnumber:BigInt") with
    {
        Filter = $"statecode eq 0 and ownerid eq {Third}",
    };

    private static readonly string s_rows =
        $"{Row(First, 7, 0, Third)},{Row(Second, 8, 0, First)},{Row(Third, 9, 1, Third)}";

    [Fact]
    public async Task ReadPageAsync_OfAFilteredTable_SetsTheOthersApart()
    {
        var web = new FakeWebApi().Answer($"{{'value':[{s_rows}]}}");

        var page = await web.Open().ReadPageAsync(s_table, null, PageKind.Rows, default);

        var row = page.Rows.ShouldHaveSingleItem();
        row.RecordId.ShouldBe(Guid.Parse(First));
        s_table.Read(row.Columns)["name"].ShouldBe("Ann");
        page.Outside.ShouldBe(
        [
            new OutsideRow(Guid.Parse(Second), new VersionNumber(8)),
            new OutsideRow(Guid.Parse(Third), new VersionNumber(9)),
        ]);
    }

    [Fact]
    public async Task ReadPageAsync_IdsOfAFilteredTable_BringsTheColumnsOfTheFilterAlone()
    {
        var web = new FakeWebApi().Answer($"{{'value':[{s_rows}]}}");

        var page = await web.Open().ReadPageAsync(s_table, null, PageKind.Ids, default);

        web.Requests[0].Path.ShouldContain("$select=accountid,statecode,_ownerid_value");
        page.Rows.ShouldHaveSingleItem().ShouldBe(new SourceRow(Guid.Parse(First), new VersionNumber(7), null));
        page.Outside.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ReadPageAsync_IdsWithoutFilter_BringsIdsAlone()
    {
        var web = new FakeWebApi().Answer($"{{'value':[{s_rows}]}}");

        var page = await web.Open().ReadPageAsync(s_table with { Filter = null }, null, PageKind.Ids, default);

        web.Requests[0].Path.ShouldEndWith("$select=accountid");
        page.Rows.Count.ShouldBe(3);
        page.Outside.ShouldBeEmpty();
    }

    [Fact]
    public async Task FetchAsync_OfAFilteredTable_SetsTheOthersApart()
    {
        var web = new FakeWebApi()
            .Answer($"{{'UserId':'{First}','OrganizationId':'{First}'}}")
            .AnswerBatch((200, $"{{'value':[{s_rows}]}}"), (403, "{}"));
        var ids = new[] { First, Second, Third }.Select(Guid.Parse).ToArray();

        var answers = await web.Open().FetchAsync([new FetchRequest(s_table, ids)], default);

        var answer = answers.ShouldHaveSingleItem();
        answer.Rows.ShouldHaveSingleItem().RecordId.ShouldBe(ids[0]);
        answer.Outside.Select(static row => row.RecordId).ShouldBe(ids[1..]);
    }

    [Fact]
    public async Task ReadPageAsync_MaskedColumns_AreHiddenAfterTheFilterSawThem()
    {
        var table = s_table with { Masks = [new("ownerid"), new("statecode"), new("name")] };
        var web = new FakeWebApi().Answer($"{{'value':[{s_rows}]}}");

        var page = await web.Open().ReadPageAsync(table, null, PageKind.Rows, default);

        var columns = table.Read(page.Rows.ShouldHaveSingleItem().Columns);
        columns["name"].ShouldBe("***");
        columns["ownerid"].ShouldBeNull();
        columns["statecode"].ShouldBeNull();
        columns["accountid"].ShouldBe(First);
        columns["versionnumber"].ShouldBe("7");
    }

    private static string Row(string id, int version, int state, string owner) => $$"""
        {'@odata.etag':'W/\'{{version}}\'','accountid':'{{id}}','name':'Ann','statecode':{{state}},
        '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname':'team','_ownerid_value':'{{owner}}',
        'versionnumber':{{version}}}
        """.Replace("\\'", "\\\"", StringComparison.Ordinal);
}

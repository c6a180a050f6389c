using System.Text;
using DataExport.Dataverse.Columns;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Tests.WebApi;

public sealed class PageTests
{
    private const string Id = "60c4e274-0d87-e711-80e5-00155db19e6d";

    private const string FullRow = $$"""
        {'@odata.etag':'W/\'915244\'','accountid':'{{Id}}','name':'Zo\u00eb \ud83d\ude00 \ud83d','description':null,
        'numberofemployees':12,'versionnumber':915244,'creditonhold':true,'createdon':'2017-08-22T08:10:44Z',
        'modifiedon':'2024-02-29T23:59:59Z','lastusedon':'2024-03-01','exchangerate':1.0000000000,
        'address1_latitude':47.639583,'revenue':45000.0000,'_revenue_ignored':{'a':[1,{}]},
        'industrycode':3,'statecode':0,'statuscode':1,
        '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname':'team','_ownerid_value':'{{Id}}',
        '_primarycontactid_value':'{{Id}}','_primarycontactid_value@Microsoft.Dynamics.CRM.lookuplogicalname':'contact',
        'tablename':'account','tags':'9,2,10'}
        """;

    [Fact]
    public async Task ReadPageAsync_FullRow_HasEveryColumnByItsType()
    {
        var web = new FakeWebApi().Answer($"{{'@odata.context':'x','value':[{FullRow.Replace("\\'", "\\\"")}]}}");

        var page = await web.Open().ReadPageAsync(TestTables.Account, null, PageKind.Rows, default);

        var row = page.Rows.ShouldHaveSingleItem();
        row.RecordId.ShouldBe(Guid.Parse(Id));
        row.Version.Value.ShouldBe(915244);
        var columns = TestTables.Account.Read(row.Columns);
        columns.Select(column => $"{column.Key}={column.Value ?? "null"}").ShouldBe(
        [
            $"accountid={Id}", "name=Zoë 😀 \uFFFD", "description=null", "numberofemployees=12", "versionnumber=915244",
            "creditonhold=true", "createdon=2017-08-22T08:10:44.000Z", "modifiedon=2024-02-29T23:59:59.000Z",
            "lastusedon=2024-03-01T00:00:00.000Z", "exchangerate=1.0000000000", "address1_latitude=47.639583",
            "revenue=45000.0000", "industrycode=3", "statecode=0", "statuscode=1", $"ownerid={Id}",
            $"primarycontactid={Id}", "tablename=account", "tags=2;9;10",
        ]);
        row.Columns!.TryGet(TestTables.Account.OrdinalOf("ownerid"), out var owner).ShouldBeTrue();
        Encoding.UTF8.GetString(owner.LookupTable).ShouldBe("team");
        row.Columns.TryGet(TestTables.Account.OrdinalOf("primarycontactid"), out var contact).ShouldBeTrue();
        Encoding.UTF8.GetString(contact.LookupTable).ShouldBe("contact");
    }

    [Fact]
    public async Task ReadPageAsync_MissingColumns_AreNullAndNothingStaysFromRowBefore()
    {
        var other = Id.Replace('6', '7');
        var web = new FakeWebApi().Answer(
            $"{{'value':[{FullRow},{{'@odata.etag':'W/\\'7\\'','accountid':'{other}'}}]}}".Replace("\\'", "\\\""));

        var page = await web.Open().ReadPageAsync(TestTables.Account, null, PageKind.Rows, default);

        var columns = TestTables.Account.Read(page.Rows[1].Columns);
        columns.Count.ShouldBe(TestTables.Account.Columns.Length - 1);
        columns.Where(column => column.Value is not null).Select(column => column.Key).ShouldBe(["accountid"]);
        page.Rows[1].Version.Value.ShouldBe(7);
    }

    [Fact]
    public async Task ReadPageAsync_FirstPage_AsksForTrackingAndAllColumnsButPartyLists()
    {
        var web = new FakeWebApi { Options = { Token = "secret" } }.Answer("{'value':[]}");

        _ = await web.Open().ReadPageAsync(TestTables.Account, null, PageKind.Rows, default);

        var request = web.Requests.ShouldHaveSingleItem();
        request.Path.ShouldStartWith("/api/data/v9.2/accounts?$select=accountid,name,");
        request.Path.ShouldContain(",_ownerid_value,");
        request.Path.ShouldNotContain("parties");
        request.Headers.ShouldContain("odata.maxpagesize=5000,odata.track-changes,"
            + "odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\"");
        request.Headers.ShouldContain("Authorization: Bearer secret");
        request.Headers.ShouldContain("OData-MaxVersion: 4.0");
    }

    [Fact]
    public async Task ReadPageAsync_IdsOnly_AsksForIdAndTakesVersionOfEtag()
    {
        var web = new FakeWebApi().Answer($"{{'value':[{{'@odata.etag':'W/\\\"915244\\\"','accountid':'{Id}'}}]}}");

        var page = await web.Open().ReadPageAsync(TestTables.Account, null, PageKind.Ids, default);

        page.Rows.ShouldBe([new SourceRow(Guid.Parse(Id), new VersionNumber(915244), null)]);
        web.Requests[0].Path.ShouldBe("/api/data/v9.2/accounts?$select=accountid");
    }

    [Fact]
    public async Task ReadPageAsync_IdsOfAnElasticTable_TakeTheirVersionFromTheColumn()
    {
        var web = new FakeWebApi().Answer(
            $"{{'value':[{{'@odata.etag':'W/\\\"e1015c6f-0000-0200-0000-67af80e80000\\\"','accountid':'{Id}',"
            + "'versionnumber':638751518483842799}]}");

        var page = await web.Open().ReadPageAsync(
            TestTables.Account with { IsElastic = true }, null, PageKind.Ids, default);

        page.Rows.ShouldHaveSingleItem().Version.ShouldBe(new VersionNumber(638751518483842799));
        web.Requests[0].Path.ShouldBe("/api/data/v9.2/accounts?$select=accountid,versionnumber");
    }

    [Fact]
    public async Task ReadPageAsync_PageTooLargeToBeHeld_IsHandedOverInParts()
    {
        var rows = Enumerable.Range(1, 100).Select(static row =>
            $"{{'@odata.etag':'W/\\\"{row}\\\"','accountid':'{new Guid(row, 0, 0, new byte[8])}',"
            + $"'name':'{new string('x', 1_000)}'}}");
        var web = new FakeWebApi().Answer($"{{'value':[{string.Join(',', rows)}],'@odata.nextLink':'next'}}");
        var parts = new List<IReadOnlyList<SourceRow>>();

        web.Options.PageBytesMax = 20_000;
        var page = await web.Open().ReadPageAsync(TestTables.Account, null, PageKind.Rows, TakeAsync, default);

        parts.Count.ShouldBeGreaterThan(2);
        parts.ShouldAllBe(static part => part.Count < 100);
        page.RowsTotal.ShouldBe(100);
        page.NextLink.ShouldBe("next");
        parts.SelectMany(static part => part).Concat(page.Rows).Select(static row => row.Version.Value)
            .ShouldBe(Enumerable.Range(1, 100).Select(static row => (long)row));

        Task TakeAsync(IReadOnlyList<SourceRow> part, CancellationToken cancellationToken)
        {
            parts.Add(part);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task ReadPageAsync_ColumnThatHoldsAFile_IsNotAskedFor()
    {
        var table = TestTables.Account with
        {
            Columns = TestTables.Account.Columns.Add(new ColumnDefinition
            {
                Name = "documentbody", Type = ColumnType.Text, MaxLength = 1_073_741_823,
            }),
        };
        var web = new FakeWebApi().Answer("{'value':[]}");

        _ = await web.Open().ReadPageAsync(table, null, PageKind.Rows, default);

        web.Requests.ShouldHaveSingleItem().Path.ShouldNotContain("documentbody");
        new ColumnIndex(table).OrdinalOf("documentbody"u8).ShouldBe(-1, "messages do not write it either");
    }

    [Fact]
    public async Task ReadPageAsync_Untracked_AsksForNoTracking()
    {
        var web = new FakeWebApi().Answer("{'value':[]}");

        _ = await web.Open().ReadPageAsync(
            TestTables.Account with { IsUntracked = true }, null, PageKind.Rows, default);

        web.Requests.ShouldHaveSingleItem().Headers.ShouldNotContain("track-changes");
    }

    [Fact]
    public async Task ReadPageAsync_Links_GoBackLetterByLetter()
    {
        const string Next = "/api/data/v9.2/accounts?$select=name&$skiptoken=%3Ccookie%20pagenumber=%222%22%2f%2D%3E";
        const string Delta = "/api/data/v9.2/accounts?$deltatoken=919042%2108%2f22%2f2017%2008%3a10%3a44";
        var web = new FakeWebApi()
            .Answer($"{{'value':[],'@odata.nextLink':'{FakeWebApi.Root}{Next}'}}")
            .Answer($"{{'@odata.deltaLink':'{(FakeWebApi.Root + Delta).Replace("/", "\\/")}','value':[]}}")
            .Answer("{'value':[]}");
        var source = web.Open();

        var first = await source.ReadPageAsync(TestTables.Account, null, PageKind.Rows, default);
        var last = await source.ReadPageAsync(TestTables.Account, first.NextLink, PageKind.Rows, default);
        _ = await source.ReadPageAsync(TestTables.Account, last.DeltaLink, PageKind.Rows, default);

        first.DeltaLink.ShouldBeNull();
        last.NextLink.ShouldBeNull();
        web.Requests[1].Path.ShouldBe(Next);
        web.Requests[2].Path.ShouldBe(Delta);
    }

    [Theory]
    [InlineData("https://evil.example.com/api/data/v9.2/accounts?$skiptoken=1")]
    [InlineData("http://org.example.com/api/data/v9.2/accounts?$skiptoken=1")]
    [InlineData("https://org.example.com:8443/api/data/v9.2/accounts")]
    [InlineData("https://org.example.com/elsewhere")]
    [InlineData("/api/data/v9.2/accounts")]
    public async Task ReadPageAsync_LinkToElsewhere_IsNotFollowed(string link)
    {
        var web = new FakeWebApi().Answer("{'value':[]}");

        var fault = await Should.ThrowAsync<SourceException>(
            () => web.Open().ReadPageAsync(TestTables.Account, link, PageKind.Rows, default));

        fault.Fault.ShouldBe(SourceFault.Unavailable);
        web.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadPageAsync_DeltaPage_TellsRowsAndDeletions()
    {
        var deleted = Guid.Parse("2e451703-c686-e711-80e5-00155db19e6d");
        var web = new FakeWebApi().Answer($$"""
            {'@odata.context':'x#accounts(name)/$delta',
            '@odata.deltaLink':'{{FakeWebApi.Root}}/api/data/v9.2/accounts?$deltatoken=9',
            'value':[{'@odata.etag':'W/\"915244\"','name':'Monte Orton','accountid':'{{Id}}'},
            {'@odata.context':'x/$metadata#accounts/$deletedEntity','id':'{{deleted}}','reason':'deleted'}]}
            """);

        var page = await web.Open().ReadPageAsync(TestTables.Account, null, PageKind.Rows, default);

        page.Rows.Count.ShouldBe(1);
        page.Deletions.ShouldBe([deleted]);
    }

    [Theory]
    [InlineData("'numberofemployees':'many'", "numberofemployees")]
    [InlineData("'creditonhold':1", "creditonhold")]
    [InlineData("'createdon':'yesterday'", "createdon")]
    [InlineData("'revenue':{}", "revenue")]
    [InlineData("'_ownerid_value':5", "ownerid")]
    public async Task ReadPageAsync_ValueOfOtherType_NamesColumnAndNoValue(string member, string column)
    {
        var web = new FakeWebApi().Answer($"{{'value':[{{'accountid':'{Id}',{member}}}]}}");

        var fault = await Should.ThrowAsync<SourceException>(
            () => web.Open().ReadPageAsync(TestTables.Account, null, PageKind.Rows, default));

        fault.Message.ShouldContain($"'{column}'");
        fault.Message.ShouldNotContain("many");
    }

    [Fact]
    public async Task ReadPageAsync_CutOff_IsUnavailable()
    {
        var page = $"{{'value':[{{'accountid':'{Id}','name':'x'}}],'@odata.nextLink':'y'}}";
        for (var length = 0; length < page.Length; length++)
        {
            var web = new FakeWebApi().Answer(page[..length]);

            var fault = await Should.ThrowAsync<SourceException>(
                () => web.Open().ReadPageAsync(TestTables.Account, null, PageKind.Rows, default));

            fault.Fault.ShouldBe(SourceFault.Unavailable);
        }
    }

    [Fact]
    public async Task ReadPageAsync_ValueLongerThanBuffer_IsReadUpToLimit()
    {
        var web = new FakeWebApi { Options = { ValueBytesMax = 1_000_000 } };
        AnswerLongValue(web, 600_000);
        AnswerLongValue(web, 2_000_000);
        var source = web.Open();

        var page = await source.ReadPageAsync(TestTables.Account, null, PageKind.Rows, default);
        var fault = await Should.ThrowAsync<SourceException>(
            () => source.ReadPageAsync(TestTables.Account, null, PageKind.Rows, default));

        TestTables.Account.Read(page.Rows[0].Columns)["name"]!.Length.ShouldBe(600_000);
        fault.Message.ShouldContain("1000000");
    }

    private static void AnswerLongValue(FakeWebApi web, int length) => web.AnswerWith(_ => new HttpResponseMessage
    {
        Content = new StringContent($$"""{"value":[{"accountid":"{{Id}}","name":"{{new string('x', length)}}"}]}"""),
    });
}

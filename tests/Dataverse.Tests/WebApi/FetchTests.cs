using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Tests.WebApi;

public sealed class FetchTests
{
    private const string WhoAmI =
        "{'OrganizationId':'407b9c05-0e6b-45c2-bf2f-45891c1c0937','UserId':'ab7501c2-aa4e-ec11-8c62-000d3aba6cf0'}";

    private const string Global = "{'RolePrivileges':[{'Depth':'Basic'},{'Depth':'Global'}]}";
    private static readonly Guid First = Guid.Parse("11111111-1111-4111-8111-111111111111");
    private static readonly Guid Second = Guid.Parse("22222222-2222-4222-8222-222222222222");
    private static readonly TableDefinition Lead = TestTables.Define("lead", "leadid:UniqueIdentifier");

    private static readonly TableDefinition Email =
        TestTables.Define("email", "activityid:UniqueIdentifier") with { PrimaryIdColumn = "activityid" };

    [Fact]
    public async Task FetchAsync_TwoTables_AsksOnceAndKeepsTablesApart()
    {
        var web = new FakeWebApi().Answer(WhoAmI).AnswerBatch(
            (200, Rows("accountid", First)),
            (200, Global),
            (200, Rows("leadid")),
            (200, "{'RolePrivileges':[{'Depth':'Deep'}]}"));

        var answers = await web.Open().FetchAsync(
            [new FetchRequest(TestTables.Account, [First, Second]), new FetchRequest(Lead, [Second])], default);

        answers.Select(answer => (answer.Table, answer.Rows.Count, answer.IsWholeTableReadable))
            .ShouldBe([("account", 1, true), ("lead", 0, false)]);
        answers[0].Rows[0].Version.Value.ShouldBe(5);
        var batch = web.Requests[1];
        batch.Path.ShouldBe("/api/data/v9.2/$batch");
        batch.Headers.ShouldContain("odata.continue-on-error");
        batch.Body.ShouldContain("GET /api/data/v9.2/accounts?$select=accountid,");
        batch.Body.ShouldContain("&$filter=Microsoft.Dynamics.CRM.In(PropertyName='accountid',PropertyValues="
            + $"%5B'{First}','{Second}'%5D) HTTP/1.1\r\n");
        batch.Body.ShouldContain("GET /api/data/v9.2/systemusers(ab7501c2-aa4e-ec11-8c62-000d3aba6cf0)/"
            + "Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='prvReadAccount') HTTP/1.1");
    }

    [Fact]
    public async Task FetchAsync_ManyIds_AsksInGroupsAndGathersRows()
    {
        var web = new FakeWebApi { Options = { FetchIdsMax = 2 } }.Answer(WhoAmI).AnswerBatch(
            (200, Rows("leadid", First, Second)), (200, Rows("leadid", First)), (200, Global));

        var answers = await web.Open().FetchAsync([new FetchRequest(Lead, [First, Second, First])], default);

        answers.ShouldHaveSingleItem().Rows.Count.ShouldBe(3);
    }

    [Fact]
    public async Task FetchAsync_TableRefused_ProvesNothingAndOthersAreAnswered()
    {
        var web = new FakeWebApi().Answer(WhoAmI).AnswerBatch(
            (403, "{'error':{'code':'0x80040220'}}"), (200, Global), (200, Rows("leadid", First)), (200, Global));

        var answers = await web.Open().FetchAsync(
            [new FetchRequest(TestTables.Account, [First]), new FetchRequest(Lead, [First])], default);

        answers.Select(answer => (answer.Table, answer.Rows.Count, answer.IsWholeTableReadable))
            .ShouldBe([("account", 0, false), ("lead", 1, true)]);
    }

    [Fact]
    public async Task FetchAsync_Activity_IsProvenByPrivilegeOfAllActivities()
    {
        var web = new FakeWebApi().Answer(WhoAmI).AnswerBatch(
            (200, Rows("activityid", First)), (200, Global), (400, "{'error':{'code':'0x80040217'}}"));

        var answers = await web.Open().FetchAsync([new FetchRequest(Email, [First])], default);

        answers[0].IsWholeTableReadable.ShouldBeTrue();
        web.Requests[1].Body.ShouldContain("PrivilegeName='prvReadActivity'");
    }

    [Fact]
    public async Task FetchAsync_PartThrottled_IsThrottledAsAWhole()
    {
        var web = new FakeWebApi().Answer(WhoAmI).AnswerBatch(
            (200, Rows("leadid", First)), (429, "{'error':{'code':'0x80072322'}}"));

        var fault = await Should.ThrowAsync<SourceException>(
            () => web.Open().FetchAsync([new FetchRequest(Lead, [First])], default));

        fault.Fault.ShouldBe(SourceFault.Throttled);
        fault.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task FetchAsync_PartMissing_IsUnavailable()
    {
        var web = new FakeWebApi().Answer(WhoAmI).AnswerBatch((200, Rows("leadid", First)));

        var fault = await Should.ThrowAsync<SourceException>(
            () => web.Open().FetchAsync([new FetchRequest(Lead, [First])], default));

        fault.Fault.ShouldBe(SourceFault.Unavailable);
    }

    [Fact]
    public async Task FetchAsync_GroupInPages_FollowsThemWithoutTracking()
    {
        var web = new FakeWebApi().Answer(WhoAmI)
            .AnswerBatch(
                (200, $"{{'value':[],'@odata.nextLink':'{FakeWebApi.Root}/api/data/v9.2/leads?$skiptoken=1'}}"),
                (200, Global))
            .Answer(Rows("leadid", Second));

        var answers = await web.Open().FetchAsync([new FetchRequest(Lead, [Second])], default);

        answers[0].Rows[0].RecordId.ShouldBe(Second);
        web.Requests[2].Headers.ShouldNotContain("track-changes");
    }

    [Fact]
    public async Task FetchAsync_ValueOfOneTableUnreadable_IsToldAndOthersAreAnswered()
    {
        var web = new FakeWebApi().Answer(WhoAmI).AnswerBatch(
            (200, Row(First, "'revenue':'a lot'")), (200, Global), (200, Rows("leadid", First)), (200, Global));

        var answers = await web.Open().FetchAsync(
            [new FetchRequest(TestTables.Account, [First]), new FetchRequest(Lead, [First])], default);

        answers.Select(answer => (answer.Table, answer.Rows.Count, answer.IsWholeTableReadable))
            .ShouldBe([("account", 0, false), ("lead", 1, true)]);
        answers[0].Refusal.ShouldNotBeNull().ShouldContain("'revenue'");
        answers[1].Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task FetchAsync_AnswerTooLarge_IsAskedInHalvesDownToTheRecordThatIs()
    {
        var huge = Row(First, $"'name':'{new string('x', 3_000)}'");
        var web = new FakeWebApi { Options = { FetchBytesMax = 2_000 } }
            .Answer(WhoAmI)
            .AnswerBatch((200, huge), (200, Global), (200, Rows("leadid", First)), (200, Global))
            .AnswerBatch((200, huge), (200, Global))
            .AnswerBatch((200, huge), (200, Global))
            .AnswerBatch((200, Rows("accountid", Second)), (200, Global))
            .AnswerBatch((200, Rows("leadid", First)), (200, Global));

        var answers = await web.Open().FetchAsync(
            [new FetchRequest(TestTables.Account, [First, Second]), new FetchRequest(Lead, [First])], default);

        answers.Select(answer => (answer.Table, answer.IsWholeTableReadable))
            .ShouldBe([("account", false), ("lead", true)]);
        answers[0].Rows.ShouldHaveSingleItem().RecordId.ShouldBe(Second);
        answers[0].Refusal.ShouldNotBeNull().ShouldContain("2000 bytes");
        answers[1].Rows.ShouldHaveSingleItem().RecordId.ShouldBe(First);
    }

    private static string Row(Guid accountId, string member) =>
        $"{{'value':[{{'@odata.etag':'W/\\\"5\\\"','accountid':'{accountId}',{member}}}]}}";

    private static string Rows(string idColumn, params Guid[] ids) =>
        $"{{'value':[{string.Join(',', ids.Select(id => $"{{'@odata.etag':'W/\\\"5\\\"','{idColumn}':'{id}'}}"))}]}}";
}

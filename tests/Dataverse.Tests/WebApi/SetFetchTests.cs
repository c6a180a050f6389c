using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Tests.WebApi;

public sealed class SetFetchTests
{
    private const string WhoAmI =
        "{'OrganizationId':'407b9c05-0e6b-45c2-bf2f-45891c1c0937','UserId':'ab7501c2-aa4e-ec11-8c62-000d3aba6cf0'}";

    private const string Global = "{'RolePrivileges':[{'Depth':'Global'}]}";
    private static readonly Guid Team = Guid.Parse("11111111-1111-4111-8111-111111111111");

    private static readonly TableDefinition Membership =
        TestTables.Define("membership", "membershipid:UniqueIdentifier teamid:UniqueIdentifier") with
        {
            ReadPrivileges = ["prvReadTeam", "prvReadUser"],
        };

    [Fact]
    public async Task FetchAsync_Set_AsksByTheColumnAndForBothSidesPrivileges()
    {
        var web = new FakeWebApi().Answer(WhoAmI).AnswerBatch((200, Rows(2)), (200, Global), (200, Global));

        var answer = (await web.Open().FetchAsync([new FetchRequest(Membership, [Team], "teamid")], default))
            .ShouldHaveSingleItem();

        answer.Rows.Count.ShouldBe(2);
        (answer.IsComplete, answer.IsWholeTableReadable).ShouldBe((true, true));
        var body = web.Requests[1].Body;
        body.ShouldContain($"In(PropertyName='teamid',PropertyValues=%5B'{Team}'%5D)");
        body.ShouldContain("PrivilegeName='prvReadTeam'");
        body.ShouldContain("PrivilegeName='prvReadUser'");
    }

    [Fact]
    public async Task FetchAsync_OneSideUnreadable_ProvesNothing()
    {
        var web = new FakeWebApi().Answer(WhoAmI).AnswerBatch(
            (200, Rows(1)), (200, Global), (200, "{'RolePrivileges':[{'Depth':'Local'}]}"));

        var answers = await web.Open().FetchAsync([new FetchRequest(Membership, [Team], "teamid")], default);

        answers[0].IsWholeTableReadable.ShouldBeFalse();
    }

    [Fact]
    public async Task FetchAsync_RecordsAndSetsOfOneTable_AnswersEachAndAsksPrivilegesOnce()
    {
        var web = new FakeWebApi().Answer(WhoAmI).AnswerBatch(
            (200, Rows(1)), (200, Global), (200, Global), (200, Rows(3)));

        var answers = await web.Open().FetchAsync(
            [new FetchRequest(Membership, [Team]), new FetchRequest(Membership, [Team], "teamid")], default);

        answers.Select(static answer => (answer.Rows.Count, answer.IsWholeTableReadable))
            .ShouldBe([(1, true), (3, true)]);
    }

    [Fact]
    public async Task FetchAsync_SetBeyondTheLimit_IsGivenUpAsIncomplete()
    {
        var link = $"'@odata.nextLink':'{FakeWebApi.Root}/api/data/v9.2/memberships?$skiptoken=1'";
        var web = new FakeWebApi { Options = { SetRowsMax = 2 } }.Answer(WhoAmI)
            .AnswerBatch((200, Rows(3, link)), (200, Global), (200, Global));

        var answers = await web.Open().FetchAsync([new FetchRequest(Membership, [Team], "teamid")], default);

        (answers[0].Rows.Count, answers[0].IsComplete).ShouldBe((3, false));
        web.Requests.Count.ShouldBe(2);
    }

    private static string Rows(int count, string? link = null)
    {
        var rows = Enumerable.Range(0, count).Select(
            _ => $"{{'@odata.etag':'W/\\\"5\\\"','membershipid':'{Guid.NewGuid()}','teamid':'{Team}'}}");
        return $"{{'value':[{string.Join(',', rows)}]{(link is null ? "" : "," + link)}}}";
    }
}

using System.Net;
using System.Text.Json;

namespace DataExport.Sandbox.Tests;

public sealed class BatchTests
{
    private const string In = "Microsoft.Dynamics.CRM.In";

    [Fact]
    public async Task Batch_OfSeveralReads_AnswersThemInOrder()
    {
        await using var fixture = await SandboxFixture.StartAsync(600);
        var ids = fixture.Sandbox.Records(fixture.Accounts).Take(3).Select(record => record.Id).ToList();
        fixture.Sandbox.Delete(fixture.Accounts, ids[1]);
        var list = string.Join(',', ids.Append(Guid.NewGuid()).Select(id => $"'{id}'"));

        var answers = await SendAsync(
            fixture,
            null,
            "WhoAmI",
            $"accounts?$select=name&$filter={In}(PropertyName='accountid',PropertyValues=[{list}])",
            $"{fixture.Host.BaseAddress}accounts({ids[2]})?$select=name",
            Privilege("prvReadAccount"));

        answers.Select(answer => answer.Status).ShouldBe([200, 200, 200, 200]);
        answers[0].Body.GetProperty("OrganizationId").GetGuid().ShouldBe(fixture.Sandbox.OrganizationId);
        answers[1].Body.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("accountid").GetGuid())
            .ShouldBe([ids[0], ids[2]]);
        answers[2].Body.GetProperty("accountid").GetGuid().ShouldBe(ids[2]);
        DepthIn(answers[3].Body).ShouldBe("Global");
        fixture.Host.Counters.FetchRequests.ShouldBe(2);
        fixture.Host.Counters.Batches.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData("odata.continue-on-error", 3)]
    public async Task Batch_WithAnError_GoesOnIfAsked(string? prefer, int answered)
    {
        await using var fixture = await SandboxFixture.StartAsync(100);

        var answers = await SendAsync(fixture, prefer, "WhoAmI", $"accounts({Guid.NewGuid()})", "WhoAmI");

        answers.Count.ShouldBe(answered);
        answers[1].Status.ShouldBe(404);
        answers[1].Body.GetProperty("error").GetProperty("code").GetString().ShouldBe("0x80040217");
    }

    [Theory]
    [InlineData("nothing at all")]
    [InlineData("--batch_1\r\nContent-Type: application/http\r\n\r\nDELETE accounts(1) HTTP/1.1\r\n\r\n--batch_1--")]
    [InlineData("--batch_1\r\nContent-Type: application/http\r\n\r\nGET WhoAmI HTTP/1.1\r\n\r\n")]
    public async Task Batch_Malformed_IsRefused(string body)
    {
        await using var fixture = await SandboxFixture.StartAsync(10);

        using var response = await fixture.BatchAsync(body);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task ReadDepth_Basic_HidesRowsAndForbidsTracking()
    {
        await using var fixture = await SandboxFixture.StartAsync(1000);
        var ids = fixture.Sandbox.Records(fixture.Accounts).Select(record => record.Id).ToList();
        var list = string.Join(',', ids.Select(id => $"'{id}'"));
        fixture.Host.SetReadDepth(fixture.Accounts, ReadDepth.Basic);

        var walk = await fixture.WalkAsync("accounts?$select=name", "odata.maxpagesize=30");
        var answers = await SendAsync(
            fixture,
            null,
            $"accounts?$select=name&$filter={In}(PropertyName='accountid',PropertyValues=[{list}])",
            Privilege("prvReadAccount"));

        walk.Rows.Count.ShouldBeInRange(50, 150);
        answers[0].Body.GetProperty("value").GetArrayLength().ShouldBe(walk.Rows.Count);
        DepthIn(answers[1].Body).ShouldBe("Basic");
        using var tracked = await fixture.SendAsync("accounts?$select=name", "odata.track-changes");
        tracked.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await tracked.Content.ReadAsStringAsync()).ShouldContain("prvReadAccount");
    }

    [Fact]
    public async Task ReadDepth_None_ForbidsReadingAndShowsNoPrivilege()
    {
        await using var fixture = await SandboxFixture.StartAsync(100);
        fixture.Host.SetReadDepth(fixture.Sandbox.Table("email"), ReadDepth.None);

        using var response = await fixture.SendAsync("tasks?$select=subject");
        var answer = await fixture.GetAsync(Privilege("prvReadActivity"));

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        answer.GetProperty("RolePrivileges").GetArrayLength().ShouldBe(0);
        (await fixture.GetAsync("accounts?$select=name")).GetProperty("value").GetArrayLength().ShouldBe(20);
    }

    private static string Privilege(string name) =>
        $"systemusers({Guid.Empty})/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName"
        + $"(PrivilegeName='{name}')";

    private static string? DepthIn(JsonElement answer) =>
        answer.GetProperty("RolePrivileges")[0].GetProperty("Depth").GetString();

    private static async Task<List<BatchPartAnswer>> SendAsync(
        SandboxFixture fixture, string? prefer, params string[] targets)
    {
        var parts = targets.Select(target => "--batch_1\r\nContent-Type: application/http\r\n"
            + $"Content-Transfer-Encoding: binary\r\n\r\nGET {target} HTTP/1.1\r\nAccept: */*\r\n\r\n\r\n");
        using var response = await fixture.BatchAsync(string.Concat(parts) + "--batch_1--\r\n", prefer);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var boundary = response.Content.Headers.ContentType!.Parameters.Single().Value!;
        var body = await response.Content.ReadAsStringAsync();
        body.ShouldEndWith($"--{boundary}--\r\n");
        return [.. body.Split($"--{boundary}").Skip(1).SkipLast(1).Select(BatchPartAnswer.Read)];
    }

    private sealed record BatchPartAnswer(int Status, JsonElement Body)
    {
        public static BatchPartAnswer Read(string part)
        {
            var blocks = part.Split("\r\n\r\n", 3);
            blocks[0].ShouldContain("Content-Type: application/http");
            var status = int.Parse(blocks[1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            return new BatchPartAnswer(status, JsonDocument.Parse(blocks[2]).RootElement);
        }
    }
}

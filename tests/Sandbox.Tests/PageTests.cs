using System.Net;
using System.Text.Json;

namespace DataExport.Sandbox.Tests;

public sealed class PageTests
{
    private const string Annotated =
        "odata.maxpagesize=37,odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\"";

    [Fact]
    public async Task WhoAmI_NamesTheOrganization()
    {
        await using var fixture = await SandboxFixture.StartAsync(10);

        var answer = await fixture.GetAsync("WhoAmI");

        answer.GetProperty("OrganizationId").GetGuid().ShouldBe(fixture.Sandbox.OrganizationId);
        answer.TryGetProperty("UserId", out _).ShouldBeTrue();
        answer.TryGetProperty("BusinessUnitId", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Walk_OverAllPages_ShowsEveryRecordOnceWithItsValues()
    {
        await using var fixture = await SandboxFixture.StartAsync(2000);
        foreach (var table in fixture.Sandbox.Tables)
        {
            var walk = await fixture.WalkAsync(table.EntitySetName, Annotated);

            walk.PageItems.SkipLast(1).ShouldAllBe(items => items == 37);
            walk.Ids(table.PrimaryId.Name).ShouldBe(fixture.Sandbox.Records(table).Select(record => record.Id));
            foreach (var row in walk.Rows)
            {
                RequireValues(fixture.Sandbox, table, row);
            }
        }
    }

    [Fact]
    public async Task Walk_WithSelect_ShowsTheNamedColumnsTheIdAndTheCurrencyOfAmounts()
    {
        await using var fixture = await SandboxFixture.StartAsync(100);

        var page = await fixture.GetAsync("accounts?$select=revenue,name");

        page.GetProperty("value")[0].EnumerateObject().Select(member => member.Name).ShouldBe(
            ["@odata.etag", "revenue", "name", "accountid", "_transactioncurrencyid_value"]);
    }

    [Theory]
    [InlineData("accounts?$select=nosuch")]
    [InlineData("accounts?$select=isprivate")]
    [InlineData("accounts?$select=primarycontactid")]
    [InlineData("accounts?$skiptoken=nonsense")]
    [InlineData("accounts?$orderby=name")]
    public async Task Request_WithWhatDoesNotExist_IsRefused(string target)
    {
        await using var fixture = await SandboxFixture.StartAsync(10);

        using var response = await fixture.SendAsync(target);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        error.GetProperty("code").GetString()!.ShouldStartWith("0x");
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Record_ById_IsShownWhileItExists()
    {
        await using var fixture = await SandboxFixture.StartAsync(100);
        var id = fixture.Sandbox.Records(fixture.Accounts).First().Id;

        (await fixture.GetAsync($"accounts({id})?$select=name")).GetProperty("accountid").GetGuid().ShouldBe(id);
        fixture.Sandbox.Delete(fixture.Accounts, id);
        using var response = await fixture.SendAsync($"accounts({id})?$select=name");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).ShouldContain("0x80040217");
    }

    [Fact]
    public async Task Throttle_WhileItLasts_Answers429WithTheRest()
    {
        await using var fixture = await SandboxFixture.StartAsync(10);
        fixture.Host.Throttle(30);
        fixture.Clock.Advance(TimeSpan.FromSeconds(10));

        using (var response = await fixture.SendAsync("WhoAmI"))
        {
            response.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            response.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(20));
            (await response.Content.ReadAsStringAsync()).ShouldContain("0x80072322");
        }

        fixture.Clock.Advance(TimeSpan.FromSeconds(20));
        await fixture.GetAsync("WhoAmI");
    }

    private static void RequireValues(DataverseSandbox sandbox, SandboxTable table, JsonElement row)
    {
        sandbox.TryFind(table, row.GetProperty(table.PrimaryId.Name).GetGuid(), out var record).ShouldBeTrue();
        row.GetProperty("@odata.etag").GetString().ShouldBe($"W/\"{record.Version}\"");
        foreach (var column in table.Columns.Where(column => column.IsReadable
            && column.Type is not (SandboxColumnType.PartyList or SandboxColumnType.Image)))
        {
            var value = sandbox.Value(table, record, column);
            var isLookup = column.Targets.Count > 0;
            var name = isLookup ? $"_{column.Name}_value" : column.Name;
            var json = row.GetProperty(name);
            ExpectedJson.IsInPage(column, value, json).ShouldBeTrue($"{name}: {value} as {json}");
            var isAnnotated = row.TryGetProperty(
                name + "@Microsoft.Dynamics.CRM.lookuplogicalname", out var annotation);
            isAnnotated.ShouldBe(isLookup && !value.IsNull);
            if (isAnnotated)
            {
                annotation.GetString().ShouldBe(value.LookupTable);
            }
        }
    }
}

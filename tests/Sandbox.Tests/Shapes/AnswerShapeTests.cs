using System.Text.Json;

namespace DataExport.Sandbox.Tests.Shapes;

/// <summary>Answers beside real ones of the same requests, compared key by key.</summary>
public sealed class AnswerShapeTests
{
    [SampleFact(RealAnswer.Folder)]
    public async Task Page_WithNextLink_HasTheKeysOfARealOne()
    {
        await using var fixture = await SandboxFixture.StartAsync();

        var page = await fixture.GetAsync("contacts?$select=fullname", "odata.maxpagesize=2");

        RealAnswer.Keys(page).ShouldBe(RealAnswer.Keys(RealAnswer.Read("17-paging-v92-page1.http")));
        page.GetProperty("@odata.nextLink").GetString()!.ShouldMatch(LinkForm);
        RealAnswer.Read("17-paging-v92-page1.http").GetProperty("@odata.nextLink").GetString()!.ShouldMatch(LinkForm);
    }

    [SampleFact(RealAnswer.Folder)]
    public async Task Rows_WithAllAnnotations_HaveTheKeysOfRealOnes()
    {
        await using var fixture = await SandboxFixture.StartAsync();

        var page = await fixture.GetAsync("accounts?$select=name&$top=3", "odata.include-annotations=\"*\"");

        var real = RealAnswer.Read("27-accounts-top3-all-annotations.json");
        RealAnswer.Keys(page).ShouldBe(RealAnswer.Keys(real));
        page.GetProperty("value").GetArrayLength().ShouldBe(real.GetProperty("value").GetArrayLength());
        page.GetProperty("@Microsoft.Dynamics.CRM.globalmetadataversion").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [SampleFact(RealAnswer.Folder)]
    public async Task Delta_AndTheWalkBeforeIt_HaveTheKeysOfRealOnes()
    {
        await using var fixture = await SandboxFixture.StartAsync(rows: 100);
        const string Request = "accounts?$select=name,accountnumber,telephone1,fax";
        var walk = await fixture.GetAsync(Request, "odata.track-changes");
        var created = fixture.Sandbox.Create(fixture.Accounts);
        _ = fixture.Sandbox.Create(fixture.Accounts);
        var deleted = fixture.Sandbox.Records(fixture.Accounts).First(record => record.Id != created).Id;
        _ = fixture.Sandbox.Delete(fixture.Accounts, deleted);

        var delta = await fixture.GetAsync(walk.GetProperty("@odata.deltaLink").GetString()!);

        RealAnswer.Keys(walk).ShouldBe(RealAnswer.Keys(RealAnswer.Read("16-change-tracking-initial-and-delta.http")));
        var real = RealAnswer.Read("16-change-tracking-initial-and-delta.http", answer: 1);
        RealAnswer.Keys(delta).Except(RealAnswer.Keys(real)).ShouldBe(
            ["value.accountnumber"], "the documents' own delta asks for one column less than its walk");
        RealAnswer.Keys(real).Except(RealAnswer.Keys(delta)).ShouldBeEmpty();
    }

    [SampleFact(RealAnswer.Folder)]
    public async Task Error_HasNoKeyThatRealOnesLack()
    {
        await using var fixture = await SandboxFixture.StartAsync(rows: 1);

        using var response = await fixture.SendAsync("accounts?$select=nosuchcolumn");
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        var real = RealAnswer.Text("23-error-400-with-annotations.http");
        RealAnswer.Keys(error).ShouldAllBe(
            key => real.Contains($"\"{key.Replace("error.", "")}\"", StringComparison.Ordinal));
    }

    private const string LinkForm =
        "\\$skiptoken=%3Ccookie%20pagenumber(=|%3D)%222%22%20pagingcookie(=|%3D)%22.+%22"
        + "%20istracking(=|%3D)%22False%22";
}

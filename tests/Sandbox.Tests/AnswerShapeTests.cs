using System.Text.Json;
using System.Text.RegularExpressions;

namespace DataExport.Sandbox.Tests;

/// <summary>Answers beside real ones of the same requests, compared key by key.</summary>
public sealed partial class AnswerShapeTests
{
    private const string Folder = "webapi";

    [SampleFact(Folder)]
    public async Task Page_WithNextLink_HasTheKeysOfARealOne()
    {
        await using var fixture = await SandboxFixture.StartAsync();

        var page = await fixture.GetAsync("contacts?$select=fullname", "odata.maxpagesize=2");

        Keys(page).ShouldBe(Keys(Real("17-paging-v92-page1.http")));
        page.GetProperty("@odata.nextLink").GetString()!.ShouldMatch(LinkForm);
        Real("17-paging-v92-page1.http").GetProperty("@odata.nextLink").GetString()!.ShouldMatch(LinkForm);
    }

    [SampleFact(Folder)]
    public async Task Rows_WithAllAnnotations_HaveTheKeysOfRealOnes()
    {
        await using var fixture = await SandboxFixture.StartAsync();

        var page = await fixture.GetAsync("accounts?$select=name&$top=3", "odata.include-annotations=\"*\"");

        var real = Real("27-accounts-top3-all-annotations.json");
        Keys(page).ShouldBe(Keys(real));
        page.GetProperty("value").GetArrayLength().ShouldBe(real.GetProperty("value").GetArrayLength());
        page.GetProperty("@Microsoft.Dynamics.CRM.globalmetadataversion").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [SampleFact(Folder)]
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

        Keys(walk).ShouldBe(Keys(Real("16-change-tracking-initial-and-delta.http")));
        var real = Real("16-change-tracking-initial-and-delta.http", answer: 1);
        Keys(delta).Except(Keys(real)).ShouldBe(
            ["value.accountnumber"], "the documents' own delta asks for one column less than its walk");
        Keys(real).Except(Keys(delta)).ShouldBeEmpty();
    }

    [SampleFact(Folder)]
    public async Task Error_HasNoKeyThatRealOnesLack()
    {
        await using var fixture = await SandboxFixture.StartAsync(rows: 1);

        using var response = await fixture.SendAsync("accounts?$select=nosuchcolumn");
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        var real = File.ReadAllText(FileOf("23-error-400-with-annotations.http"));
        Keys(error).ShouldAllBe(key => real.Contains($"\"{key.Replace("error.", "")}\"", StringComparison.Ordinal));
    }

    private const string LinkForm =
        "\\$skiptoken=%3Ccookie%20pagenumber(=|%3D)%222%22%20pagingcookie(=|%3D)%22.+%22"
        + "%20istracking(=|%3D)%22False%22";

    private static string FileOf(string name) => Path.Combine(SampleFolder.Find(Folder)!, name);

    /// <summary>The body of a real answer; a file may hold several, one after the other.</summary>
    private static JsonElement Real(string name, int answer = 0)
    {
        var text = File.ReadAllText(FileOf(name));
        var bodies = name.EndsWith(".json", StringComparison.Ordinal)
            ? [text]
            : Response().Split(text).Skip(1).Select(static part => part[part.IndexOf('{')..]).ToArray();
        var body = System.Text.Encoding.UTF8.GetBytes(bodies[answer]);
        var reader = new Utf8JsonReader(body, isFinalBlock: false, default);
        return JsonElement.ParseValue(ref reader);
    }

    /// <summary>All keys, those of a list's members together, in the order of the alphabet.</summary>
    private static SortedSet<string> Keys(JsonElement element)
    {
        var keys = new SortedSet<string>(StringComparer.Ordinal);
        Gather(element, "", keys);
        return keys;
    }

    private static void Gather(JsonElement element, string path, SortedSet<string> keys)
    {
        if (element.ValueKind is JsonValueKind.Array)
        {
            foreach (var member in element.EnumerateArray())
            {
                Gather(member, path, keys);
            }
        }
        else if (element.ValueKind is JsonValueKind.Object)
        {
            foreach (var member in element.EnumerateObject())
            {
                var key = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                _ = keys.Add(key);
                Gather(member.Value, key, keys);
            }
        }
    }

    [GeneratedRegex("### RESPONSE")]
    private static partial Regex Response();
}

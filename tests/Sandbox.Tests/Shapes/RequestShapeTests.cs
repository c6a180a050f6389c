using System.Net;
using System.Text.Json;

namespace DataExport.Sandbox.Tests.Shapes;

/// <summary>All real answers: what the Sandbox gives is compared, what it does not is named.</summary>
public sealed class RequestShapeTests
{
    /// <summary>Compared by tests of their own, here and in <see cref="AnswerShapeTests"/>.</summary>
    private static readonly string[] _apart =
    [
        "09-error-404-does-not-exist.http",
        "12-batch-response-2018.http",
        "16-change-tracking-initial-and-delta.http",
        "23-error-400-with-annotations.http",
    ];

    private static readonly Dictionary<string, string> _notGiven = new()
    {
        ["10-error-412-version-mismatch.http"] = "rows are not written over the Web API, so no version is demanded",
        ["21-fetchxml-pagingcookie-annotations-v92.http"] = "FetchXML is not served: the export asks none",
        ["25-elastic-record.json"] = "there are no elastic tables",
    };

    public static TheoryData<string> Files => [.. ShapedRequest.All.Select(static each => each.File)];

    [SampleFact(RealAnswer.Folder)]
    public void Samples_AllOfThem_AreComparedOrNamed() => RealAnswer.Files.ShouldBe(
        [.. ShapedRequest.All.Select(static each => each.File), .. _apart, .. _notGiven.Keys], ignoreOrder: true);

    [SampleTheory(RealAnswer.Folder)]
    [MemberData(nameof(Files))]
    public async Task Answer_ToARealRequest_HasTheKeysAndKindsOfTheRealOne(string file)
    {
        await using var fixture = await SandboxFixture.StartAsync();
        var request = ShapedRequest.All.Single(each => each.File == file);

        var answer = RealAnswer.Kinds(await AskAsync(fixture, request));

        var expected = request.Expected();
        answer.Keys.Order().ShouldBe(expected.Keys.Order());
        foreach (var (key, kinds) in expected)
        {
            (kinds.Count == 0 || answer[key].Count == 0 || kinds.Overlaps(answer[key]))
                .ShouldBeTrue($"{key} is {string.Join(',', answer[key])}, really {string.Join(',', kinds)}");
        }
    }

    /// <summary>The real one is of 2018: an inner error, which has been gone since, stood in it.</summary>
    [SampleFact(RealAnswer.Folder)]
    public async Task Record_ThatDoesNotExist_IsTheErrorThatItReallyIs()
    {
        await using var fixture = await SandboxFixture.StartAsync(rows: 1);

        using var response = await fixture.SendAsync("accounts(00000000-0000-0000-0000-000000000001)");
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        var real = RealAnswer.Keys(RealAnswer.Read("09-error-404-does-not-exist.http"));
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        RealAnswer.Keys(error).Where(static key => !key.Contains('@', StringComparison.Ordinal))
            .ShouldBe(real.Where(static key => !key.Contains("innererror", StringComparison.Ordinal)));
        error.GetProperty("error").GetProperty("message").GetString()!.ShouldEndWith(
            "With Id = 00000000-0000-0000-0000-000000000001 Does Not Exist");
    }

    /// <summary>Of the real batch's three parts the last is a read, which is all that the Sandbox takes.</summary>
    [SampleFact(RealAnswer.Folder)]
    public async Task Part_OfABatch_HasTheHeadAndKeysOfARealOne()
    {
        await using var fixture = await SandboxFixture.StartAsync();

        using var response = await fixture.BatchAsync(
            "--batch_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            + "GET tasks?$select=subject HTTP/1.1\r\n\r\n--batch_1--\r\n");
        var answer = await response.Content.ReadAsStringAsync();

        var real = RealAnswer.Text("12-batch-response-2018.http");
        HeadOf(answer).ShouldBe(HeadOf(real));
        RealAnswer.Keys(BodyOf(answer)).ShouldBe(
            RealAnswer.Keys(RealAnswer.Read("12-batch-response-2018.http")));
        answer.TrimEnd().ShouldEndWith("--");
    }

    private static async Task<JsonElement> AskAsync(SandboxFixture fixture, ShapedRequest request)
    {
        var opportunities = fixture.Sandbox.Table("opportunity");
        var id = fixture.Sandbox.Records(opportunities).First().Id;
        var answer = await fixture.GetAsync(
            request.Target.Replace("{id}", $"{id}", StringComparison.Ordinal), request.Prefer);
        return request.IsSecondPage
            ? await fixture.GetAsync(answer.GetProperty("@odata.nextLink").GetString()!, request.Prefer)
            : answer;
    }

    /// <summary>The lines between the last part's boundary and its body.</summary>
    private static IEnumerable<string> HeadOf(string batch) => LastPart(batch).Split('{')[0].Split('\n')
        .Skip(1).Select(static line => line.Trim());

    private static JsonElement BodyOf(string batch)
    {
        var part = LastPart(batch);
        return JsonDocument.Parse(part[part.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
    }

    private static string LastPart(string batch) => batch.Split("--batchresponse_")[^2];
}

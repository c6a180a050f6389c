using System.Net;
using System.Text.Json;
using DataExport.Dataverse.Tests.WebApi;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Tests.Registration;

/// <summary>What goes over the wire, letter by letter, as Dataverse documents it.</summary>
public sealed class RegistrationWireTests
{
    private const string Id = "11111111-1111-1111-1111-111111111111";
    private const string Empty = "{'value':[]}";

    private const string UpdateMessage =
        "{'value':[{'name':'Update','sdkmessageid':'20bebb1b-ea3e-db11-86a7-000a3a5473e8'}]}";

    private const string UpdateFilter = "{'value':[{'primaryobjecttypecode':'account',"
        + "'sdkmessagefilterid':'22222222-2222-2222-2222-222222222222',"
        + "'_sdkmessageid_value':'20bebb1b-ea3e-db11-86a7-000a3a5473e8','iscustomprocessingstepallowed':true}]}";

    private static RegistrationRequest Request => new()
    {
        ProfileId = "p1",
        ProfileName = "sales",
        Endpoint = new PostAddress("sb://bus.example.com/", "changes", IsTopic: true, "send", "hush"),
        Tables = [new TableRegistration("account", ["name", "revenue"], ["name"])],
    };

    [Fact]
    public async Task Apply_SendsTheBodiesThatAreDocumented()
    {
        var web = new FakeWebApi()
            .Answer(Empty).Answer(Empty).Answer(Empty).Answer(UpdateMessage).Answer(UpdateFilter)
            .AnswerWith(_ => Created("serviceendpoints"))
            .AnswerWith(_ => Created("sdkmessageprocessingsteps"))
            .AnswerWith(_ => Created("sdkmessageprocessingstepimages"));

        var result = await web.OpenRegistration().ApplyAsync(Request, default);

        result.Created.Select(static each => each.Kind).ShouldBe([RegisteredKind.Endpoint, RegisteredKind.Step]);
        result.Done.Warnings.Count.ShouldBe(2, "Create and Delete have no filter here");
        var (endpoint, step, image) = (BodyOf(web, 5), BodyOf(web, 6), BodyOf(web, 7));
        endpoint["contract"].GetInt32().ShouldBe(5);
        endpoint["namespaceaddress"].GetString().ShouldBe("sb://bus.example.com/");
        endpoint["saskey"].GetString().ShouldBe("hush");
        endpoint.Keys.ShouldBe([
            "name", "description", "contract", "messageformat", "messagecharset", "authtype", "namespaceformat",
            "namespaceaddress", "solutionnamespace", "path", "saskeyname", "saskey", "userclaim", "connectionmode",
        ]);
        step["eventhandler_serviceendpoint@odata.bind"].GetString().ShouldBe($"/serviceendpoints({Id})");
        step["filteringattributes"].GetString().ShouldBe("name,revenue");
        step.Keys.ShouldBe([
            "name", "description", "stage", "mode", "rank", "supporteddeployment", "asyncautodelete",
            "eventhandler_serviceendpoint@odata.bind", "sdkmessageid@odata.bind", "sdkmessagefilterid@odata.bind",
            "filteringattributes",
        ]);
        image["messagepropertyname"].GetString().ShouldBe("Target");
        image["imagetype"].GetInt32().ShouldBe(1);
        image["sdkmessageprocessingstepid@odata.bind"].GetString().ShouldBe($"/sdkmessageprocessingsteps({Id})");
    }

    [Fact]
    public async Task Plan_OfManySteps_FollowsThePages()
    {
        var step = $$"""
            {'sdkmessageprocessingstepid':'{{Id}}','name':'DataExport p1: Delete of lead','statecode':0}
            """;
        var web = new FakeWebApi()
            .Answer(Empty)
            .Answer("{'value':[],'@odata.nextLink':'"
                + $"{FakeWebApi.Root}/api/data/v9.2/sdkmessageprocessingsteps?page=2'}}")
            .Answer($"{{'value':[{step}]}}")
            .Answer(Empty).Answer(UpdateMessage).Answer(UpdateFilter);

        var plan = await web.OpenRegistration().PlanAsync(Request, default);

        plan.Changes.ShouldContain(
            "Step 'DataExport p1: Delete of lead' is removed: no table of the profile needs it.");
        web.Requests[2].Path.ShouldEndWith("sdkmessageprocessingsteps?page=2");
        web.Requests.ShouldAllBe(static request => request.Method == HttpMethod.Get);
    }

    [Fact]
    public async Task Creation_ThatTellsNoId_IsAFault()
    {
        var web = new FakeWebApi()
            .Answer(Empty).Answer(Empty).Answer(Empty).Answer(Empty).Answer(Empty).Answer("{}");

        var fault = await Should.ThrowAsync<SourceException>(
            () => web.OpenRegistration().ApplyAsync(Request, default));

        fault.Message.ShouldContain("did not tell the id");
        fault.Message.ShouldNotContain("hush");
    }

    private static HttpResponseMessage Created(string set)
    {
        var response = new HttpResponseMessage(HttpStatusCode.NoContent);
        response.Headers.Add("OData-EntityId", $"{FakeWebApi.Root}/api/data/v9.2/{set}({Id})");
        return response;
    }

    private static Dictionary<string, JsonElement> BodyOf(FakeWebApi web, int request) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(web.Requests[request].Body)!;
}

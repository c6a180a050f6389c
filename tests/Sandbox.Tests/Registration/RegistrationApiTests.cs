using System.Net;

namespace DataExport.Sandbox.Tests.Registration;

public sealed class RegistrationApiTests : IAsyncLifetime
{
    private RegistrationFixture _test = null!;

    public async Task InitializeAsync() => _test = await RegistrationFixture.StartAsync();

    public async Task DisposeAsync() => await _test.DisposeAsync();

    [Fact]
    public async Task Endpoint_Created_IsShownWithoutItsKey()
    {
        var id = await _test.PostEndpointAsync();

        var shown = await _test.GetAsync($"serviceendpoints({id})");
        var found = await _test.GetAsync($"serviceendpoints?$select=name,path&$filter=path eq 'EXPORT'");

        shown.TryGetProperty("saskey", out _).ShouldBeFalse();
        shown.GetProperty("issaskeyset").GetBoolean().ShouldBeTrue();
        shown.GetProperty("saskeyname").GetString().ShouldBe("send");
        var row = found.GetProperty("value").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("serviceendpointid").GetGuid().ShouldBe(id);
        row.GetProperty("@odata.etag").GetString().ShouldStartWith("W/\"");
        row.TryGetProperty("contract", out _).ShouldBeFalse("it was not selected");
    }

    [Theory]
    [InlineData("serviceendpoints?$select=saskey")]
    [InlineData("serviceendpoints?$filter=saskey eq 'hush'")]
    [InlineData("serviceendpoints?$filter=path eq 'export' and")]
    [InlineData("serviceendpoints?$filter=path eq export'")]
    [InlineData("sdkmessageprocessingsteps?$filter=EventHandler eq null")]
    public async Task Get_OfWhatIsNotThere_Is400(string target) =>
        (await _test.TryAsync(HttpMethod.Get, target, null)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Message_ByName_HasDataversesId()
    {
        (await _test.MessageIdAsync("Create")).ShouldBe(new Guid("9ebdbb1b-ea3e-db11-86a7-000a3a5473e8"));
        var filters = await _test.GetAsync(
            "sdkmessagefilters?$select=primaryobjecttypecode&$filter=(primaryobjecttypecode eq 'account' or "
            + "primaryobjecttypecode eq 'contact') and sdkmessageid/name eq 'Update'");
        filters.GetProperty("value").EnumerateArray()
            .Select(static filter => filter.GetProperty("primaryobjecttypecode").GetString())
            .ShouldBe(["account", "contact"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("'stage':40", "'stage':20", "post-operation stage")]
    [InlineData("'mode':1", "'mode':0", "Only asynchronous steps")]
    [InlineData("eventhandler_serviceendpoint@", "EventHandler_ServiceEndpoint@", "undeclared property")]
    [InlineData("sdkmessageid@", "SdkMessageId@", "undeclared property")]
    [InlineData("'rank':1", "'Rank':1", "Could not find a property named 'Rank'")]
    [InlineData("'rank':1,", "", "'rank'")]
    [InlineData("'rank':1", "'rank':1,'filteringattributes':'name'", "for Update of a table only")]
    public async Task Step_AgainstTheRules_Is400(string text, string instead, string fault)
    {
        var body = $$"""
            {'name':'x','stage':40,'mode':1,'rank':1,'supporteddeployment':0,
            'eventhandler_serviceendpoint@odata.bind':'/serviceendpoints({{await _test.PostEndpointAsync()}})',
            'sdkmessageid@odata.bind':'/sdkmessages({{await _test.MessageIdAsync("Create")}})'}
            """;

        var (status, answer) = await _test.TryAsync(
            HttpMethod.Post, "sdkmessageprocessingsteps", body.Replace(text, instead));

        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.Replace("\\u0027", "'").ShouldContain(fault);
    }

    [Fact]
    public async Task Step_FilteringByAColumnThatIsNotThere_Is400()
    {
        var endpoint = await _test.PostEndpointAsync();

        var refused = await Should.ThrowAsync<HttpRequestException>(
            () => _test.PostStepAsync(endpoint, "Update", "account", "name,nosuch"));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        refused.Message.ShouldContain("nosuch");
    }

    [Theory]
    [InlineData("Create", "Target")]
    [InlineData("Update", "Id")]
    [InlineData("Delete", "Target")]
    public async Task Image_WhereNoneIsAllowed_Is400(string message, string property)
    {
        var step = await _test.PostStepAsync(await _test.PostEndpointAsync(), message, "account");

        var refused = await Should.ThrowAsync<HttpRequestException>(() => _test.PostImageAsync(step, property, "name"));

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Endpoint_Deleted_TakesItsStepsAndTheirImagesAlong()
    {
        var endpoint = await _test.PostEndpointAsync();
        var step = await _test.PostStepAsync(endpoint, "Update", "account", "name");
        _ = await _test.PostImageAsync(step, "Target", "name");

        using var deleted = await _test.SendAsync(HttpMethod.Delete, $"serviceendpoints({endpoint})");

        deleted.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        string[] sets = ["serviceendpoints", "sdkmessageprocessingsteps", "sdkmessageprocessingstepimages"];
        foreach (var set in sets)
        {
            (await _test.GetAsync(set)).GetProperty("value").GetArrayLength().ShouldBe(0, set);
        }

        using var again = await _test.SendAsync(HttpMethod.Delete, $"serviceendpoints({endpoint})");
        again.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Privilege_Missing_Is403AndNamesIt()
    {
        _test.Host.WebApi.SetPrivilege("prvCreateServiceEndpoint", isHeld: false);

        var (status, body) = await _test.TryAsync(HttpMethod.Post, "serviceendpoints", "{}");

        status.ShouldBe(HttpStatusCode.Forbidden);
        body.ShouldContain("prvCreateServiceEndpoint");
    }

    [Theory]
    [InlineData("POST", "accounts")]
    [InlineData("PATCH", "sdkmessages(9ebdbb1b-ea3e-db11-86a7-000a3a5473e8)")]
    [InlineData("DELETE", "asyncoperations")]
    [InlineData("DELETE", "serviceendpoints")]
    public async Task Change_OfWhatCannotBeChanged_Is405(string method, string target) =>
        (await _test.TryAsync(new HttpMethod(method), target, "{}")).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
}

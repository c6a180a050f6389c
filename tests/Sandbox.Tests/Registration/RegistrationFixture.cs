using System.Net;
using System.Text;
using System.Text.Json;
using DataExport.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Sandbox.Tests.Registration;

/// <summary>A sandbox that posts what registered steps ask for, and a client that registers.</summary>
internal sealed class RegistrationFixture : IAsyncDisposable
{
    public const string Queue = "export";

    private readonly HttpClient _client = new();

    private RegistrationFixture() =>
        Host = new SandboxHost(new SandboxHostOptions(), TimeProvider.System, NullLoggerFactory.Instance);

    public SandboxHost Host { get; }

    public DataverseSandbox Sandbox => Host.Environment;

    public static async Task<RegistrationFixture> StartAsync()
    {
        var fixture = new RegistrationFixture();
        fixture.Host.Namespace.CreateQueue(Queue, new SandboxQueueOptions { MessagesMax = 100 });
        await fixture.Host.StartAsync();
        fixture._client.BaseAddress = fixture.Host.WebApi.BaseAddress;
        return fixture;
    }

    /// <summary>Sends JSON in which ' stands for the double quote.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string target, string? json = null)
    {
        using var request = new HttpRequestMessage(method, target);
        if (json is not null)
        {
            request.Content = new StringContent(json.Replace('\'', '"'), Encoding.UTF8, "application/json");
        }

        return await _client.SendAsync(request);
    }

    public async Task<(HttpStatusCode Status, string Body)> TryAsync(HttpMethod method, string target, string? json)
    {
        using var response = await SendAsync(method, target, json);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Creates a row and returns its id.</summary>
    public async Task<Guid> PostAsync(string set, string json)
    {
        using var response = await SendAsync(HttpMethod.Post, set, json);
        if (response.StatusCode is not HttpStatusCode.NoContent)
        {
            throw new HttpRequestException(await response.Content.ReadAsStringAsync(), null, response.StatusCode);
        }

        var address = response.Headers.GetValues("OData-EntityId").Single();
        address.ShouldStartWith($"{Host.WebApi.BaseAddress}{set}(");
        return Guid.Parse(address[(address.LastIndexOf('(') + 1)..^1]);
    }

    public async Task<JsonElement> GetAsync(string target)
    {
        using var response = await SendAsync(HttpMethod.Get, target);
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }

    public Task<Guid> PostEndpointAsync(string path = Queue, int format = 2) => PostAsync(
        "serviceendpoints",
        $$"""
        {'name':'bus','contract':6,'messageformat':{{format}},'messagecharset':1,'authtype':2,'namespaceformat':2,
        'namespaceaddress':'sb://127.0.0.1:{{Host.Namespace.Port}}/','solutionnamespace':'127','path':'{{path}}',
        'saskeyname':'send','saskey':'hush','userclaim':2,'connectionmode':1}
        """);

    /// <summary>Registers a step; of a table, unless that is null.</summary>
    public async Task<Guid> PostStepAsync(
        Guid endpoint, string message, string? table = null, string? filter = null, string more = "")
    {
        var body = $$"""
            {'name':'{{message}} of {{table}}','stage':40,'mode':1,'rank':1,'supporteddeployment':0,
            'asyncautodelete':true{{(filter is null ? "" : $",'filteringattributes':'{filter}'")}}{{more}},
            'eventhandler_serviceendpoint@odata.bind':'/serviceendpoints({{endpoint}})',
            'sdkmessageid@odata.bind':'/sdkmessages({{await MessageIdAsync(message)}})'
            """;
        var bind = table is null
            ? ""
            : $",'sdkmessagefilterid@odata.bind':'/sdkmessagefilters({await FilterIdAsync(message, table)})'";
        return await PostAsync("sdkmessageprocessingsteps", body + bind + "}");
    }

    public Task<Guid> PostImageAsync(Guid step, string property, string? attributes) => PostAsync(
        "sdkmessageprocessingstepimages",
        $$"""
        {'name':'after','entityalias':'after','imagetype':1,'messagepropertyname':'{{property}}',
        {{(attributes is null ? "" : $"'attributes':'{attributes}',")}}
        'sdkmessageprocessingstepid@odata.bind':'/sdkmessageprocessingsteps({{step}})'}
        """);

    public async Task<Guid> MessageIdAsync(string message) =>
        (await GetAsync($"sdkmessages?$select=name&$filter=name eq '{message}'"))
            .GetProperty("value")[0].GetProperty("sdkmessageid").GetGuid();

    public async Task<Guid> FilterIdAsync(string message, string table) => (await GetAsync(
            "sdkmessagefilters?$select=sdkmessagefilterid&$filter="
            + $"primaryobjecttypecode eq '{table}' and sdkmessageid/name eq '{message}'"))
        .GetProperty("value")[0].GetProperty("sdkmessagefilterid").GetGuid();

    public int Posted(string queue = Queue) => Host.Namespace.GetQueueCounts(queue).Active;

    public async Task<JsonElement> ReceiveAsync()
    {
        await using var client = new ServiceBusClient(
            Host.Namespace.ConnectionString,
            new ServiceBusClientOptions(),
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await using var receiver = client.CreateReceiver(Queue);
        receiver.Grant(1);
        (await receiver.WaitToReadAsync()).ShouldBeTrue();
        receiver.TryRead(out var message).ShouldBeTrue();
        return JsonDocument.Parse(message!.Body.ToArray()).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
    }
}

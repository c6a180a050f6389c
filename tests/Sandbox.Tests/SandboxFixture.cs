using System.Net.Http.Headers;
using System.Text.Json;

namespace DataExport.Sandbox.Tests;

/// <summary>A sandbox with a host and a client of it.</summary>
internal sealed class SandboxFixture : IAsyncDisposable
{
    private readonly HttpClient _client = new();

    private SandboxFixture(long rows, ServiceLimitOptions limits, TimeProvider? time)
    {
        Sandbox = new DataverseSandbox(new DataverseSandboxOptions { Seed = 7 }, time ?? Clock, Sink);
        Sandbox.Seed(rows);
        Host = new DataverseHost(Sandbox, new DataverseHostOptions { Limits = limits });
    }

    public FakeClock Clock { get; } = new();

    public RecordingSink Sink { get; } = new();

    public DataverseSandbox Sandbox { get; }

    public DataverseHost Host { get; }

    public SandboxTable Accounts => Sandbox.Table("account");

    public static async Task<SandboxFixture> StartAsync(
        long rows = 1000, ServiceLimitOptions? limits = null, TimeProvider? time = null)
    {
        var fixture = new SandboxFixture(rows, limits ?? new ServiceLimitOptions(), time);
        await fixture.Host.StartAsync();
        fixture._client.BaseAddress = fixture.Host.BaseAddress;
        return fixture;
    }

    public async Task<HttpResponseMessage> SendAsync(string target, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        return await _client.SendAsync(request);
    }

    public async Task<JsonElement> GetAsync(string target, string? prefer = null)
    {
        using var response = await SendAsync(target, prefer);
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>Follows the pages of a request, calling <paramref name="between"/> after each.</summary>
    public async Task<Walk> WalkAsync(string target, string prefer, Action? between = null)
    {
        var walk = new Walk();
        for (var next = target; next is not null;)
        {
            var page = await GetAsync(next, prefer);
            walk.Add(page);
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
            between?.Invoke();
        }

        return walk;
    }

    public async Task<HttpResponseMessage> BatchAsync(string body, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "$batch");
        request.Content = new StringContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/mixed; boundary=batch_1");
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        return await _client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
    }
}

/// <summary>What the pages of a walk or a delta held.</summary>
internal sealed class Walk
{
    public List<JsonElement> Rows { get; } = [];

    public List<Guid> Deleted { get; } = [];

    public List<int> PageItems { get; } = [];

    /// <summary>The delta link, and the page that it came with, counted from 1.</summary>
    public (string? Link, int Page) Delta { get; private set; }

    public void Add(JsonElement page)
    {
        page.EnumerateObject().First().Name.ShouldBe("@odata.context");
        var items = page.GetProperty("value").EnumerateArray().ToList();
        PageItems.Add(items.Count);
        foreach (var item in items)
        {
            if (item.TryGetProperty("reason", out var reason))
            {
                reason.GetString().ShouldBe("deleted");
                Deleted.Add(item.GetProperty("id").GetGuid());
            }
            else
            {
                Rows.Add(item);
            }
        }

        if (page.TryGetProperty("@odata.deltaLink", out var link))
        {
            Delta.Link.ShouldBeNull();
            Delta = (link.GetString(), PageItems.Count);
        }
    }

    public IEnumerable<Guid> Ids(string column) => Rows.Select(row => row.GetProperty(column).GetGuid());
}

using System.Net;
using System.Net.Http.Json;
using DataExport.Api;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Tests.Api;

public sealed class ApiKeyTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public Task InitializeAsync() => _api.InitializeAsync();

    public Task DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("/crm/exporter/profiles", null)]
    [InlineData("/crm/exporter/profiles", "")]
    [InlineData("/crm/exporter/profiles", "0123456789abcdef-kex")]
    [InlineData("/crm/exporter/profiles", "0123456789ABCDEF-KEY")]
    [InlineData("/metrics", null)]
    [InlineData("/healthy", null)]
    [InlineData("/no/such/path", null)]
    public async Task Request_WithoutTheKey_IsRefused(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }

        using var response = await _api.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var error = await response.Content.ReadFromJsonAsync<ErrorView>();
        error!.Message.ShouldBe("The header X-Api-Key is missing or its key is wrong.");
    }

    [Theory]
    [InlineData("/metrics", ApiFixture.Key, HttpStatusCode.OK)]
    [InlineData("/metrics", ApiFixture.MetricsKey, HttpStatusCode.OK)]
    [InlineData("/metrics", "0123456789abcdef-kex", HttpStatusCode.Unauthorized)]
    [InlineData("/metrics", "", HttpStatusCode.Unauthorized)]
    [InlineData("/metrics/more", ApiFixture.MetricsKey, HttpStatusCode.Unauthorized)]
    [InlineData("/crm/exporter/profiles", ApiFixture.MetricsKey, HttpStatusCode.Unauthorized)]
    [InlineData("/crm/exporter/profiles", ApiFixture.Key, HttpStatusCode.Unauthorized)]
    public async Task Bearer_Token_OpensMetricsAlone(string path, string token, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        _ = request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        using var response = await _api.Http.SendAsync(request);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task Silo_WithAShortMetricsKey_DoesNotStart()
    {
        await using var app = ApiFixture.Build(
            new Dictionary<string, string?>
            {
                ["DataExport:Api:Key"] = ApiFixture.Key, ["DataExport:Api:MetricsKey"] = "s",
            },
            new FakeGrains());

        var refused = await Should.ThrowAsync<OptionsValidationException>(app.StartAsync());

        refused.Message.ShouldContain("DataExport:Api:MetricsKey is shorter than 16 characters");
    }

    [Theory]
    [InlineData("/health/start")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    public async Task Health_WithoutTheKey_IsAnswered(string path)
    {
        using var response = await _api.Http.GetAsync(new Uri(path, UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null, "DataExport:Api:Key is missing")]
    [InlineData("   ", "DataExport:Api:Key is missing")]
    [InlineData("short", "DataExport:Api:Key is shorter than 16 characters")]
    public async Task Silo_WithoutAProperKey_DoesNotStart(string? key, string expected)
    {
        await using var app = ApiFixture.Build(
            new Dictionary<string, string?> { ["DataExport:Api:Key"] = key }, new FakeGrains());

        var refused = await Should.ThrowAsync<OptionsValidationException>(app.StartAsync());

        refused.Message.ShouldContain(expected);
        refused.Message.ShouldContain("DataExport__Api__Key");
    }
}

using System.Net;
using System.Text;
using DataExport.Client;

namespace DataExport.Silo.Tests.Api;

/// <summary>How a reconcile is begun, watched and stopped over the API.</summary>
public sealed class ReconcileEndpointsTests : IAsyncLifetime
{
    private readonly ApiFixture _api = new();

    public Task InitializeAsync() => _api.InitializeAsync();

    public Task DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task Reconcile_IsBegunWatchedAndStopped()
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;

        var before = await _api.Client.GetReconcileAsync(id);
        var begun = await _api.Client.StartReconcileAsync(
            id, new ReconcileRequest { Tables = ["account"], Cells = true, AllowDeletions = true });
        var shown = await _api.Client.GetReconcileAsync(id);
        var stopped = await _api.Client.StopReconcileAsync(id);

        before.ShouldBeNull();
        begun.Request.Tables.ShouldBe(["account"]);
        (begun.Request.Cells, begun.Request.Repair, begun.Request.AllowDeletions).ShouldBe((true, false, true));
        shown!.Tables.Single().Different.ShouldBe(2);
        shown.Tables.Single().Drifts.Single().Columns.ShouldBe(["a"]);
        stopped!.Phase.ShouldBe(ReconcilePhase.Stopped);
    }

    [Fact]
    public async Task Reconcile_OfAnUnknownProfile_IsNotFound() =>
        await Should.ThrowAsync<ProfileNotFoundException>(
            _api.Client.StartReconcileAsync(Guid.NewGuid().ToString("N"), new ReconcileRequest()));

    [Theory]
    [InlineData("""{"Tables": [" "]}""", "Tables holds an empty name")]
    [InlineData("null", "The body is null. Send what to reconcile as JSON.")]
    [InlineData("""{"Tables": 5}""", "Tables")]
    public async Task Reconcile_MalformedBody_IsRefusedInWords(string body, string expected)
    {
        var id = (await _api.Client.CreateProfileAsync(ApiFixture.Valid)).Id;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"crm/exporter/profiles/{id}/reconcile")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Api-Key", ApiFixture.Key);

        using var response = await _api.Http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain(expected);
    }
}

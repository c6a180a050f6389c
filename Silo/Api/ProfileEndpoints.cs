using System.Collections.Immutable;
using DataExport.Api;
using DataExport.Silo.Telemetry;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Api;

/// <summary>The endpoints of export profiles. Each one asks a grain and shows its answer.</summary>
internal sealed class ProfileEndpoints(
    IGrainFactory grains,
    PathInstruments path,
    IOptions<ApiOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock)
{
    public const string Path = "/crm/exporter/profiles";

    private readonly ApiOptions _options = options.Value;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var profiles = endpoints.MapGroup(Path);
        profiles.MapGet("", (ProfileEndpoints api, Guid? organizationId, bool? status) =>
            api.ListAsync(organizationId, status ?? false));
        profiles.MapPost("", (ProfileEndpoints api, HttpRequest request) => api.CreateAsync(request));
        profiles.MapGet("{id}", (ProfileEndpoints api, string id, bool? status) => api.GetAsync(id, status ?? false));
        profiles.MapDelete("{id}", (ProfileEndpoints api, string id) => api.DeleteAsync(id));
        profiles.MapGet("{id}/plan", (ProfileEndpoints api, string id) => api.PlanAsync(id));
        profiles.MapPost("{id}/activate", (ProfileEndpoints api, string id) => api.ActivateAsync(id));
        profiles.MapPost("{id}/deactivate", (ProfileEndpoints api, string id) => api.DeactivateAsync(id));
        profiles.MapPost("{id}/sync", (ProfileEndpoints api, string id, CancellationToken cancellationToken) =>
            api.SyncAsync(id, cancellationToken));
    }

    private async Task<IResult> ListAsync(Guid? organizationId, bool withStatus)
    {
        var ids = await grains.GetGrain<IProfileDirectoryGrain>(IProfileDirectoryGrain.Key).GetProfilesAsync();
        var views = ImmutableArray.CreateBuilder<ProfileView>(ids.Length);
        foreach (var id in ids)
        {
            var grain = grains.GetGrain<IExportProfileGrain>(id);
            if (await grain.GetAsync() is { } profile
                && (organizationId is null || organizationId == profile.OrganizationId))
            {
                views.Add(ProfileViews.Of(profile, await ReportAsync(id, grain), withStatus));
            }
        }

        return Json(views.ToImmutable());
    }

    private async Task<IResult> CreateAsync(HttpRequest request)
    {
        var given = await JsonBody.ReadAsync<ExportProfile>(request, _options.RequestBytesMax, "a profile");
        var faults = ProfileValidation.Check(given);
        if (faults.Count > 0)
        {
            throw new ApiException(StatusCodes.Status400BadRequest, faults[0], string.Join('\n', faults));
        }

        // Ids, versions and times are the silo's to give: what a caller sends there is not taken.
        var profile = given with
        {
            Id = Guid.NewGuid().ToString("N"),
            Version = "1.0",
            CreationTime = clock.GetUtcNow().UtcDateTime,
            ActivationTime = null,
        };
        var grain = grains.GetGrain<IExportProfileGrain>(profile.Id);
        var created = await grain.CreateAsync(profile);
        var view = ProfileViews.Of(created, await grain.GetReportAsync(), withStatus: false);
        request.HttpContext.Response.Headers.Location = $"{Path}/{created.Id}";
        return Json(view, StatusCodes.Status201Created);
    }

    private async Task<IResult> GetAsync(string id, bool withStatus) =>
        await ShowAsync(await grains.FindProfileAsync(id), withStatus);

    private async Task<IResult> PlanAsync(string id)
    {
        var grain = await grains.FindProfileAsync(id);
        return Json(await grain.PlanAsync().WaitAsync(lifetime.ApplicationStopping));
    }

    // Here and below: the web server stops first and waits for its requests, so they must not wait for the silo, which
    // goes on with what was asked, or does so after its next start.
    private async Task<IResult> DeleteAsync(string id)
    {
        var grain = await grains.FindProfileAsync(id);
        await grain.DeleteAsync().WaitAsync(lifetime.ApplicationStopping);
        path.Forget(Guid.Parse(id).ToString("N"));
        return Results.NoContent();
    }

    private async Task<IResult> ActivateAsync(string id)
    {
        var grain = await grains.FindProfileAsync(id);
        await grain.ActivateAsync().WaitAsync(lifetime.ApplicationStopping);
        return await ShowAsync(grain, withStatus: false);
    }

    private async Task<IResult> DeactivateAsync(string id)
    {
        var grain = await grains.FindProfileAsync(id);
        await grain.DeactivateAsync().WaitAsync(lifetime.ApplicationStopping);
        return await ShowAsync(grain, withStatus: false);
    }

    private async Task<IResult> SyncAsync(string id, CancellationToken cancellationToken)
    {
        var grain = await grains.FindProfileAsync(id);
        using var timeout = new CancellationTokenSource(_options.SyncTimeout, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            timeout.Token, cancellationToken, lifetime.ApplicationStopping);
        await grain.SyncNowAsync(stop.Token);
        return await ShowAsync(grain, withStatus: true);
    }

    private async Task<IResult> ShowAsync(IExportProfileGrain grain, bool withStatus)
    {
        var profile = await grain.GetAsync()
            ?? throw new ApiException(StatusCodes.Status404NotFound, "The profile was deleted meanwhile.");
        return Json(ProfileViews.Of(profile, await ReportAsync(profile.Id, grain), withStatus));
    }

    /// <summary>The grain's report, and what this silo alone knows: how much it has answered.</summary>
    private async Task<ProfileReport> ReportAsync(string id, IExportProfileGrain grain)
    {
        var report = await grain.GetReportAsync();
        return report with { TotalNotifications = Math.Max(report.TotalNotifications, path.For(id).Answered) };
    }

    private static IResult Json<T>(T value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, ApiJson.Options, statusCode: status);
}

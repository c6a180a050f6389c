using DataExport.Api;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Api;

/// <summary>The endpoints by which a profile's tables are compared with the source.</summary>
internal sealed class ReconcileEndpoints(
    IGrainFactory grains, IOptions<ApiOptions> options, IHostApplicationLifetime lifetime)
{
    private const string Path = $"{ProfileEndpoints.Path}/{{id}}/reconcile";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(Path, (ReconcileEndpoints api, string id, HttpRequest request) =>
            api.StartAsync(id, request));
        endpoints.MapGet(Path, (ReconcileEndpoints api, string id) => api.GetAsync(id));
        endpoints.MapDelete(Path, (ReconcileEndpoints api, string id) => api.StopAsync(id));
    }

    private async Task<IResult> StartAsync(string id, HttpRequest request)
    {
        var grain = await FindAsync(id);
        var given = await JsonBody.ReadAsync<ReconcileRequest>(
            request, options.Value.RequestBytesMax, "what to reconcile");
        if (!given.Tables.IsDefault && given.Tables.Any(string.IsNullOrWhiteSpace))
        {
            throw new ApiException(
                StatusCodes.Status400BadRequest,
                "Tables holds an empty name. Give logical names, or leave Tables out for all tables.");
        }

        var begun = await grain.StartAsync(given).WaitAsync(lifetime.ApplicationStopping);
        return Json(begun, StatusCodes.Status202Accepted);
    }

    private async Task<IResult> GetAsync(string id)
    {
        var grain = await FindAsync(id);
        return await grain.GetReportAsync() is { } report ? Json(report) : Results.NoContent();
    }

    private async Task<IResult> StopAsync(string id)
    {
        var grain = await FindAsync(id);
        await grain.StopAsync().WaitAsync(lifetime.ApplicationStopping);
        return await grain.GetReportAsync() is { } report ? Json(report) : Results.NoContent();
    }

    private async Task<IReconcileGrain> FindAsync(string id)
    {
        _ = await grains.FindProfileAsync(id);
        return grains.GetGrain<IReconcileGrain>(Guid.Parse(id).ToString("N"));
    }

    private static IResult Json(ReconcileReport report, int status = StatusCodes.Status200OK) =>
        Results.Json(report, ApiJson.Options, statusCode: status);
}

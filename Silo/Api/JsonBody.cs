using System.Text.Json;
using DataExport.Api;
using Microsoft.AspNetCore.Http.Features;

namespace DataExport.Silo.Api;

/// <summary>Reads what a caller sends.</summary>
internal static class JsonBody
{
    /// <summary>The body as JSON, however it is sent, up to a length.</summary>
    /// <param name="request">The request.</param>
    /// <param name="bytesMax">The longest body.</param>
    /// <param name="what">What to send, such as <c>a profile</c>.</param>
    /// <exception cref="ApiException">It is no JSON, or null.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, int bytesMax, string what)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            throw new ApiException(
                StatusCodes.Status415UnsupportedMediaType, $"Send {what} with Content-Type: application/json.");
        }

        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytesMax;
        }

        return await JsonSerializer.DeserializeAsync<T>(
                request.Body, ApiJson.Options, request.HttpContext.RequestAborted)
            ?? throw new ApiException(StatusCodes.Status400BadRequest, $"The body is null. Send {what} as JSON.");
    }
}

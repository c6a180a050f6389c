using System.Net;
using System.Text.Json;
using DataExport.Api;

namespace DataExport.Client;

/// <summary>Reads an answer that is no success.</summary>
internal static class Refusal
{
    /// <summary>
    /// The exception to throw for it. What is no error body, as from a proxy between, gives its status.
    /// </summary>
    public static async Task<DataExportException> ReadAsync(
        HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        var error = await ReadBodyAsync(response, cancellationToken);
        if (error is null)
        {
            return new DataExportException(
                response.StatusCode,
                new ErrorView("", $"{path} was answered with {(int)response.StatusCode} {response.ReasonPhrase}.", ""));
        }

        return response.StatusCode is HttpStatusCode.NotFound
            ? new ProfileNotFoundException(error)
            : new DataExportException(response.StatusCode, error);
    }

    private static async Task<ErrorView?> ReadBodyAsync(
        HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            var error = JsonSerializer.Deserialize<ErrorView>(body, ApiJson.Options);
            return string.IsNullOrEmpty(error?.Message) ? null : error;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

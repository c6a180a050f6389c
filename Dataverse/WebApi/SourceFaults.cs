using System.Net;
using System.Text.Json;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>
/// Dataverse's refusals, and what each means here. Its own texts may quote data, so only codes are passed on.
/// </summary>
internal static class SourceFaults
{
    // "Version stamp associated with the client has expired. Please perform a full sync."
    private const string ExpiredVersionStamp = "0x80044352";

    // The three service protection limits: combined execution time, number of requests, concurrent requests.
    private const string ExecutionTimeExceeded = "0x80072321";
    private const string RequestsExceeded = "0x80072322";
    private const string ConcurrentRequestsExceeded = "0x80072326";
    private const int BodyBytesMax = 256 * 1024;

    /// <summary>Reads a refused answer.</summary>
    public static async Task<SourceException> ReadAsync(
        HttpResponseMessage response, TimeProvider clock, CancellationToken cancellationToken)
    {
        var retryAfter = response.Headers.RetryAfter;
        var delay = retryAfter?.Delta ?? (retryAfter?.Date is { } date ? date - clock.GetUtcNow() : null);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var body = await PooledBody.ReadAsync(stream, BodyBytesMax, cancellationToken);
        return From(response.StatusCode, body.Bytes, delay);
    }

    /// <summary>The fault that a status and a body tell.</summary>
    public static SourceException From(HttpStatusCode status, ReadOnlySpan<byte> body, TimeSpan? retryAfter = null)
    {
        var code = CodeOf(body);
        var text = code.Length > 0 ? $"status {(int)status}, code {code}" : $"status {(int)status}";
        return code switch
        {
            ExpiredVersionStamp => new(
                SourceFault.TokenExpired, $"The delta link has expired or the table's metadata changed ({text})."),
            ExecutionTimeExceeded or RequestsExceeded or ConcurrentRequestsExceeded => Throttled(text, retryAfter),
            _ => From(status, text, retryAfter),
        };
    }

    private static SourceException From(HttpStatusCode status, string text, TimeSpan? retryAfter) => status switch
    {
        HttpStatusCode.TooManyRequests => Throttled(text, retryAfter),
        HttpStatusCode.Unauthorized => new(
            SourceFault.Forbidden, $"The environment does not accept the credentials ({text})."),
        HttpStatusCode.Forbidden => new(
            SourceFault.Forbidden, $"The application user lacks a right ({text}).") { IsLackOfRight = true },
        HttpStatusCode.NotFound => new(
            SourceFault.NotFound, $"The environment does not have what was asked for ({text})."),
        _ => new(SourceFault.Unavailable, $"The environment refused a request ({text}).", retryAfter),
    };

    private static SourceException Throttled(string text, TimeSpan? retryAfter) =>
        new(SourceFault.Throttled, $"The environment asks for fewer requests ({text}).", retryAfter);

    /// <summary>The code of <c>{"error":{"code":"0x…"}}</c>; empty when the body has none.</summary>
    private static string CodeOf(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 2
                    && reader.TokenType is JsonTokenType.PropertyName
                    && reader.ValueTextEquals("code"))
                {
                    reader.Read();
                    return reader.TokenType is JsonTokenType.String && IsCode(reader.ValueSpan)
                        ? System.Text.Encoding.ASCII.GetString(reader.ValueSpan).ToLowerInvariant()
                        : "";
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A proxy's page, or nothing: then the status has to do.
        }

        return "";
    }

    private static bool IsCode(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 3 or > 10 || !text.StartsWith("0x"u8))
        {
            return false;
        }

        foreach (var digit in text[2..])
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }
        }

        return true;
    }
}

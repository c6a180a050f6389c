using System.Text.Json;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>Reads answers that are small enough to be held as a whole.</summary>
internal static class JsonAnswer
{
    /// <summary>Reads an answer about <paramref name="subject"/>, such as "metadata".</summary>
    /// <exception cref="SourceException">It is empty, too long, or no JSON of that form.</exception>
    public static async Task<T> ReadAsync<T>(
        HttpContent content, string subject, int bytesMax, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var body = await PooledBody.ReadAsync(stream, bytesMax, cancellationToken);
        try
        {
            return JsonSerializer.Deserialize<T>(body.Bytes)
                ?? throw new SourceException(
                    SourceFault.Unavailable, $"The environment's answer about {subject} is empty.");
        }
        catch (JsonException exception)
        {
            throw new SourceException(
                SourceFault.Unavailable, $"The environment's answer about {subject} cannot be read.", null, exception);
        }
    }
}

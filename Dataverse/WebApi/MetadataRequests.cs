using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>Sends requests about metadata. Their answers are small enough to be held as a whole.</summary>
internal sealed class MetadataRequests(WebApiClient client)
{
    private const int NamesInFilterMax = 50;

    /// <summary>Requests under way at once.</summary>
    public int RequestsMax => client.Options.MetadataRequestsMax;

    /// <summary>
    /// Reads the members of a collection whose <paramref name="property"/> is one of the names, by as many requests as
    /// the length of an address demands.
    /// </summary>
    public async Task<List<T>> FindAsync<T>(
        string request, string property, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var found = new List<T>();
        foreach (var group in names.Distinct(StringComparer.OrdinalIgnoreCase).Chunk(NamesInFilterMax))
        {
            var filter = string.Join(" or ", group.Select(name => $"{property} eq '{Quoted(name)}'"));
            found.AddRange(await GetListAsync<T>(
                $"{request}&$filter={Uri.EscapeDataString(filter)}", cancellationToken));
        }

        return found;
    }

    /// <summary>Reads a collection.</summary>
    public async Task<IReadOnlyList<T>> GetListAsync<T>(string request, CancellationToken cancellationToken) =>
        (await GetAsync<AnswerList<T>>(request, cancellationToken)).Value
        ?? throw new SourceException(SourceFault.Unavailable, "The environment's answer about metadata has no list.");

    /// <summary>Reads one answer.</summary>
    public async Task<T> GetAsync<T>(string request, CancellationToken cancellationToken, string? prefer = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, client.Address.Of(request));
        if (prefer is not null)
        {
            _ = message.Headers.TryAddWithoutValidation("Prefer", prefer);
        }

        return await client.SendAsync(message, SourceWork.Sync, ReadAsync<T>, cancellationToken);
    }

    /// <summary>A text in an OData literal. Names hold no quote, but they come from a profile.</summary>
    public static string Quoted(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    private Task<T> ReadAsync<T>(HttpContent content, CancellationToken cancellationToken) =>
        JsonAnswer.ReadAsync<T>(content, "metadata", client.Options.AnswerBytesMax, cancellationToken);
}

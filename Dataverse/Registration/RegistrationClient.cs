using System.Text.Json;
using DataExport.Dataverse.WebApi;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Registration;

/// <summary>
/// Reads and writes registration tables. A right that is missing is named, since Dataverse's own text may quote data.
/// </summary>
internal sealed class RegistrationClient(WebApiClient client)
{
    private const int NamesInFilterMax = 50;
    private const int PagesMax = 1_000;

    /// <summary>Writes under way at once.</summary>
    public int WritesMax => client.Options.RegistrationRequestsMax;

    /// <summary>Reads all rows of a request, whose filter stands apart.</summary>
    public async Task<List<T>> ListAsync<T>(
        string request, string filter, RegistrationTable table, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var address = client.Address.Of($"{request}&$filter={Uri.EscapeDataString(filter)}");
        for (var page = 0; page < PagesMax; page++)
        {
            var answer = await GetAsync<ComponentPage<T>>(address, table, cancellationToken);
            rows.AddRange(answer.Value ?? []);
            if (answer.NextLink is not { } next)
            {
                return rows;
            }

            address = client.Address.Follow(next);
        }

        throw new SourceException(SourceFault.Unavailable, $"The environment's list of {table.SetName} does not end.");
    }

    /// <summary>Reads the rows whose <paramref name="column"/> has one of the values, by short requests.</summary>
    public async Task<List<T>> FindAsync<T>(
        (string Request, string Column, string? And) query,
        IEnumerable<string> literals,
        RegistrationTable table,
        CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        foreach (var group in literals.Chunk(NamesInFilterMax))
        {
            var any = string.Join(" or ", group.Select(literal => $"{query.Column} eq {literal}"));
            var filter = query.And is null ? any : $"({any}) and ({query.And})";
            rows.AddRange(await ListAsync<T>(query.Request, filter, table, cancellationToken));
        }

        return rows;
    }

    /// <summary>The newest of some rows and how many there are.</summary>
    public Task<ComponentPage<T>> CountAsync<T>(
        string request, string filter, RegistrationTable table, CancellationToken cancellationToken) =>
        GetAsync<ComponentPage<T>>(
            client.Address.Of($"{request}&$count=true&$top=1&$filter={Uri.EscapeDataString(filter)}"),
            table,
            cancellationToken);

    /// <summary>Creates a row and returns its id.</summary>
    public async Task<Guid> CreateAsync(
        RegistrationTable table, Dictionary<string, object?> row, CancellationToken cancellationToken)
    {
        using var request = WriteRequest(HttpMethod.Post, table.SetName, row);
        return await NamingRightAsync(table, "Create", () => client.SendForResponseAsync(
            request, SourceWork.Sync, static (response, _) => Task.FromResult(IdOf(response)), cancellationToken));
    }

    /// <summary>Changes columns of a row.</summary>
    public async Task UpdateAsync(
        RegistrationTable table, Guid id, Dictionary<string, object?> row, CancellationToken cancellationToken)
    {
        using var request = WriteRequest(HttpMethod.Patch, $"{table.SetName}({id})", row);

        // Otherwise a PATCH of a row that is gone would create one, half of it missing.
        _ = request.Headers.TryAddWithoutValidation("If-Match", "*");
        _ = await NamingRightAsync(table, "Write", () => client.SendForResponseAsync(
            request, SourceWork.Sync, static (_, _) => Task.FromResult(true), cancellationToken));
    }

    /// <summary>Deletes a row. One that is gone is deleted.</summary>
    public async Task DeleteAsync(RegistrationTable table, Guid id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, client.Address.Of($"{table.SetName}({id})"));
        try
        {
            _ = await NamingRightAsync(table, "Delete", () => client.SendForResponseAsync(
                request, SourceWork.Sync, static (_, _) => Task.FromResult(true), cancellationToken));
        }
        catch (SourceException gone) when (gone.Fault is SourceFault.NotFound)
        {
            // Somebody was faster, or it went with what it hung on.
        }
    }

    private async Task<T> GetAsync<T>(Uri address, RegistrationTable table, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await NamingRightAsync(
            table, "Read", () => client.SendAsync(request, SourceWork.Sync, ReadAsync<T>, cancellationToken));
    }

    private Task<T> ReadAsync<T>(HttpContent content, CancellationToken cancellationToken) =>
        JsonAnswer.ReadAsync<T>(content, "registration", client.Options.AnswerBytesMax, cancellationToken);

    private HttpRequestMessage WriteRequest(HttpMethod method, string path, Dictionary<string, object?> row)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(row));
        content.Headers.ContentType = new("application/json") { CharSet = "utf-8" };
        return new HttpRequestMessage(method, client.Address.Of(path)) { Content = content };
    }

    private static async Task<T> NamingRightAsync<T>(RegistrationTable table, string right, Func<Task<T>> send)
    {
        try
        {
            return await send();
        }
        catch (SourceException refused) when (refused is { Fault: SourceFault.Forbidden, IsLackOfRight: true })
        {
            throw new SourceException(
                SourceFault.Forbidden,
                $"The application user may not {Verb(right)} {table.Words}: give one of its security roles the "
                + $"privilege prv{right}{table.SchemaName}, or leave RegistrationConnection out and register by hand.",
                retryAfter: null,
                refused);
        }
    }

    private static string Verb(string right) => right == "Write" ? "change" : right.ToLowerInvariant();

    /// <summary>The id in the header that tells the address of what was created.</summary>
    private static Guid IdOf(HttpResponseMessage response)
    {
        var address = response.Headers.TryGetValues("OData-EntityId", out var values) ? values.First() : "";
        var open = address.LastIndexOf('(');
        return open >= 0 && Guid.TryParse(address.AsSpan(open + 1).TrimEnd(')'), out var id)
            ? id
            : throw new SourceException(
                SourceFault.Unavailable,
                $"The environment did not tell the id of what it created (status {(int)response.StatusCode}).");
    }
}

/// <summary>A registration table, as requests and people name it.</summary>
/// <param name="SetName">In the Web API.</param>
/// <param name="SchemaName">At the end of its privileges.</param>
/// <param name="Words">In words, several.</param>
internal sealed record RegistrationTable(string SetName, string SchemaName, string Words)
{
    public static readonly RegistrationTable Endpoints =
        new("serviceendpoints", "ServiceEndpoint", "service endpoints");

    public static readonly RegistrationTable Messages = new("sdkmessages", "SdkMessage", "messages");

    public static readonly RegistrationTable Filters = new("sdkmessagefilters", "SdkMessageFilter", "message filters");

    public static readonly RegistrationTable Steps =
        new("sdkmessageprocessingsteps", "SdkMessageProcessingStep", "steps");

    public static readonly RegistrationTable Images =
        new("sdkmessageprocessingstepimages", "SdkMessageProcessingStepImage", "images of steps");

    public static readonly RegistrationTable Jobs = new("asyncoperations", "AsyncOperation", "system jobs");
}

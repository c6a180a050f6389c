using System.Net;
using System.Net.Http.Headers;
using DataExport.Dataverse.Credentials;
using DataExport.Grains.Ports;
using Microsoft.Extensions.Options;

namespace DataExport.Dataverse.WebApi;

/// <summary>
/// Sends requests to one environment, with the headers that all have, and turns refusals into faults.
/// </summary>
internal sealed class WebApiClient(
    HttpMessageInvoker http,
    EnvironmentAddress address,
    ISourceBudget budget,
    ISourceTokenProvider tokens,
    WebApiClientSettings settings)
{
    /// <summary>The tables that lookups point to, which the id alone does not tell.</summary>
    public const string LookupAnnotations = "odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\"";

    private readonly TimeProvider _clock = settings.Clock;

    /// <summary>The environment.</summary>
    public EnvironmentAddress Address => address;

    /// <summary>The options as they are now.</summary>
    public DataverseSourceOptions Options => settings.Options.CurrentValue;

    /// <summary>
    /// Sends a request when the environment's budget allows, and has <paramref name="read"/> read the answer's body.
    /// Sending and reading together take the time-out at most.
    /// </summary>
    /// <exception cref="SourceException">Away, throttled, refused, or the answer makes no sense.</exception>
    public Task<T> SendAsync<T>(
        HttpRequestMessage request,
        SourceWork work,
        Func<HttpContent, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken) =>
        SendForResponseAsync(
            request, work, (response, token) => read(response.Content, token), cancellationToken);

    /// <summary>The same for a caller who reads the answer's headers, too.</summary>
    /// <exception cref="SourceException">Away, throttled, refused, or the answer makes no sense.</exception>
    public async Task<T> SendForResponseAsync<T>(
        HttpRequestMessage request,
        SourceWork work,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        var lease = await budget.TakeAsync(work, cancellationToken);
        var cost = new RequestCost(_clock);
        try
        {
            return await SendAsync(request, read, cost, cancellationToken);
        }
        catch (SourceException throttled) when (throttled.Fault is SourceFault.Throttled)
        {
            cost.Throttled(throttled.RetryAfter);
            throw;
        }
        finally
        {
            await budget.GiveBackAsync(lease, cost.ToUse());
        }
    }

    private async Task<T> SendAsync<T>(
        HttpRequestMessage request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        RequestCost cost,
        CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Options.RequestTimeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await AddHeadersAsync(request, either.Token);
            cost.Begin();
            using var response = await http.SendAsync(request, either.Token);
            cost.Answered(response.Headers);
            if (response.StatusCode is HttpStatusCode.Unauthorized)
            {
                tokens.Reject(address.Root);
            }

            if (!response.IsSuccessStatusCode)
            {
                throw await SourceFaults.ReadAsync(response, _clock, either.Token);
            }

            return await read(response, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceException(
                SourceFault.Unavailable,
                $"{address.Root.Host} did not answer within {Options.RequestTimeout.TotalSeconds:F0} s.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new SourceException(
                SourceFault.Unavailable,
                $"{address.Root.Host} cannot be reached: {exception.Message}",
                retryAfter: null,
                exception);
        }
    }

    private async ValueTask AddHeadersAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Over TLS HTTP/2 is agreed on where the environment has it; plain loopback stays with 1.1.
        request.Version = HttpVersion.Version20;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        var headers = request.Headers;
        headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _ = headers.TryAddWithoutValidation("OData-MaxVersion", "4.0");
        _ = headers.TryAddWithoutValidation("OData-Version", "4.0");

        // Otherwise an answer may come from a cache on the way, older than what was asked.
        _ = headers.TryAddWithoutValidation("If-None-Match", "null");
        if (await tokens.GetTokenAsync(address.Root, cancellationToken) is { } token)
        {
            _ = headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }
    }
}

/// <summary>What all clients share.</summary>
internal sealed record WebApiClientSettings(IOptionsMonitor<DataverseSourceOptions> Options, TimeProvider Clock);

using System.Net.Http.Headers;
using DataExport.Grains.Ports;
using Microsoft.Extensions.Options;

namespace DataExport.Dataverse.WebApi;

/// <summary>
/// Sends requests to one environment, with the headers that all have, and turns refusals into faults.
/// </summary>
internal sealed class WebApiClient(
    HttpMessageInvoker http,
    EnvironmentAddress address,
    ISourceTokenProvider tokens,
    IOptionsMonitor<DataverseSourceOptions> options,
    TimeProvider clock)
{
    /// <summary>The tables that lookups point to, which the id alone does not tell.</summary>
    public const string LookupAnnotations = "odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\"";

    private readonly Lock _gate = new();
    private long _throttledAt;
    private TimeSpan _throttledFor;

    /// <summary>The environment.</summary>
    public EnvironmentAddress Address => address;

    /// <summary>The options as they are now.</summary>
    public DataverseSourceOptions Options => options.CurrentValue;

    /// <summary>
    /// Sends a request and has <paramref name="read"/> read the answer's body, all within the time-out.
    /// </summary>
    /// <exception cref="SourceException">Away, throttled, refused, or the answer makes no sense.</exception>
    public Task<T> SendAsync<T>(
        HttpRequestMessage request,
        Func<HttpContent, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken) =>
        SendForResponseAsync(request, (response, token) => read(response.Content, token), cancellationToken);

    /// <summary>The same for a caller who reads the answer's headers, too.</summary>
    /// <exception cref="SourceException">Away, throttled, refused, or the answer makes no sense.</exception>
    public async Task<T> SendForResponseAsync<T>(
        HttpRequestMessage request,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        // The limits are the user's, not a request's: while one asked for quiet, none of the others is sent either.
        if (QuietLeft() is { } left)
        {
            throw new SourceException(SourceFault.Throttled, "The environment asked for fewer requests.", left);
        }

        using var timeout = new CancellationTokenSource(Options.RequestTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await AddHeadersAsync(request, either.Token);
            using var response = await http.SendAsync(request, either.Token);
            if (!response.IsSuccessStatusCode)
            {
                throw await SourceFaults.ReadAsync(response, clock, either.Token);
            }

            return await read(response, either.Token);
        }
        catch (SourceException throttled) when (throttled is { Fault: SourceFault.Throttled, RetryAfter: { } quiet })
        {
            KeepQuiet(quiet);
            throw;
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

    private TimeSpan? QuietLeft()
    {
        lock (_gate)
        {
            var left = _throttledFor - clock.GetElapsedTime(_throttledAt);
            return _throttledFor > TimeSpan.Zero && left > TimeSpan.Zero ? left : null;
        }
    }

    private void KeepQuiet(TimeSpan quiet)
    {
        lock (_gate)
        {
            // Of several refusals the one that asks for the latest time holds.
            if (quiet > _throttledFor - clock.GetElapsedTime(_throttledAt))
            {
                (_throttledAt, _throttledFor) = (clock.GetTimestamp(), quiet);
            }
        }
    }

    private async ValueTask AddHeadersAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
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

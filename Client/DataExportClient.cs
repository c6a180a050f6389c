using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using DataExport.Api;

namespace DataExport.Client;

/// <summary>
/// The admin API of a DataExport silo. Thread-safe. Every method throws <see cref="DataExportException"/> with the
/// silo's own message when it refuses, and <see cref="ProfileNotFoundException"/> when there is no such profile.
/// </summary>
public sealed class DataExportClient : IDisposable
{
    private const string Profiles = "crm/exporter/profiles";

    private readonly HttpClient _http;
    private readonly bool _ownsHttp;
    private readonly TimeProvider _clock;

    /// <summary>Uses an HTTP client that has a base address and sends the key with every request.</summary>
    public DataExportClient(HttpClient http, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        (_http, _clock) = (http, clock ?? TimeProvider.System);
    }

    /// <summary>Makes an HTTP client of its own.</summary>
    /// <param name="address">The silo's address, such as <c>http://localhost:8080</c>.</param>
    /// <param name="apiKey">The silo's key: <c>DataExport:Api:Key</c> of its configuration.</param>
    /// <param name="clock">What waits run on; the system's when left out.</param>
    public DataExportClient(Uri address, string apiKey, TimeProvider? clock = null)
        : this(CreateHttp(address, apiKey), clock) => _ownsHttp = true;

    /// <summary>All profiles; those of one organization when <paramref name="organizationId"/> is given.</summary>
    public async Task<ImmutableArray<ProfileView>> GetProfilesAsync(
        Guid? organizationId = null, bool withStatus = false, CancellationToken cancellationToken = default)
    {
        var organization = organizationId is { } id ? $"&organizationId={id:D}" : "";
        var path = string.Create(CultureInfo.InvariantCulture, $"{Profiles}?status={Flag(withStatus)}{organization}");
        return await SendAsync<ImmutableArray<ProfileView>>(HttpMethod.Get, path, null, cancellationToken);
    }

    /// <summary>One profile; with its status and its tables' when <paramref name="withStatus"/>.</summary>
    public Task<ProfileView> GetProfileAsync(
        string id, bool withStatus = false, CancellationToken cancellationToken = default) =>
        SendAsync<ProfileView>(HttpMethod.Get, $"{PathOf(id)}?status={Flag(withStatus)}", null, cancellationToken);

    /// <summary>Saves a new profile and returns it with its id. Nothing is replicated before it is activated.</summary>
    public Task<ProfileView> CreateProfileAsync(ExportProfile profile, CancellationToken cancellationToken = default) =>
        SendAsync<ProfileView>(HttpMethod.Post, Profiles, profile, cancellationToken);

    /// <summary>What activating a profile would do to target and source now. Changes nothing.</summary>
    public Task<ProfilePlan> GetPlanAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync<ProfilePlan>(HttpMethod.Get, $"{PathOf(id)}/plan", null, cancellationToken);

    /// <summary>Starts replication; returns when the target is provisioned and the initial sync has begun.</summary>
    public Task<ProfileView> ActivateAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync<ProfileView>(HttpMethod.Post, $"{PathOf(id)}/activate", null, cancellationToken);

    /// <summary>Stops replication; returns when no table is read any more.</summary>
    public Task<ProfileView> DeactivateAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync<ProfileView>(HttpMethod.Post, $"{PathOf(id)}/deactivate", null, cancellationToken);

    /// <summary>Runs one delta sync and one confirmation of every table; returns when both are done.</summary>
    public Task<ProfileView> SyncAsync(string id, CancellationToken cancellationToken = default) =>
        SendAsync<ProfileView>(HttpMethod.Post, $"{PathOf(id)}/sync", null, cancellationToken);

    /// <summary>Begins to compare a profile's tables with the source, and returns.</summary>
    public Task<ReconcileReport> StartReconcileAsync(
        string id, ReconcileRequest request, CancellationToken cancellationToken = default) =>
        SendAsync<ReconcileReport>(HttpMethod.Post, ReconcileOf(id), request, cancellationToken);

    /// <summary>
    /// The reconcile under way, or else the last one; <see langword="null"/> if there was none since the silo started.
    /// </summary>
    public Task<ReconcileReport?> GetReconcileAsync(string id, CancellationToken cancellationToken = default) =>
        SendOptionalAsync<ReconcileReport>(HttpMethod.Get, ReconcileOf(id), cancellationToken);

    /// <summary>Ends the reconcile under way; what it has found and repaired stays.</summary>
    public Task<ReconcileReport?> StopReconcileAsync(string id, CancellationToken cancellationToken = default) =>
        SendOptionalAsync<ReconcileReport>(HttpMethod.Delete, ReconcileOf(id), cancellationToken);

    /// <summary>Deactivates and forgets a profile. The target keeps its tables.</summary>
    public async Task DeleteProfileAsync(string id, CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(HttpMethod.Delete, PathOf(id), null, cancellationToken);
    }

    /// <summary>Whether the silo takes work; <see langword="false"/> also while it cannot be reached.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            using var response = await _http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>The silo's metrics of the moment in Prometheus' text format.</summary>
    public async Task<string> GetMetricsAsync(CancellationToken cancellationToken = default)
    {
        using var response = await SendAsync(HttpMethod.Get, "metrics", null, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>Asks until the profile has <paramref name="status"/>; returns it with its report.</summary>
    /// <param name="id">The profile.</param>
    /// <param name="status">The status to wait for.</param>
    /// <param name="wait">How often to ask and how long at most; the defaults when left out.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DataExportException">The profile is faulted, which no wait ends.</exception>
    /// <exception cref="TimeoutException">It did not get there in time.</exception>
    public Task<ProfileView> WaitForStatusAsync(
        string id, ProfileStatus status, WaitOptions? wait = null, CancellationToken cancellationToken = default) =>
        StatusWait.RunAsync(this, id, status, (wait ?? new WaitOptions(), _clock), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_ownsHttp)
        {
            _http.Dispose();
        }
    }

    private static HttpClient CreateHttp(Uri address, string apiKey)
    {
        ArgumentNullException.ThrowIfNull(address);
        var http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
        return http;
    }

    private static string PathOf(string id) => $"{Profiles}/{Uri.EscapeDataString(id)}";

    private static string ReconcileOf(string id) => $"{PathOf(id)}/reconcile";

    private static string Flag(bool value) => value ? "true" : "false";

    private async Task<T?> SendOptionalAsync<T>(HttpMethod method, string path, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await SendAsync(method, path, null, cancellationToken);
        return response.StatusCode is HttpStatusCode.NoContent
            ? null
            : await response.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancellationToken);
    }

    private async Task<T> SendAsync<T>(
        HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, body, cancellationToken);
        return await response.Content.ReadFromJsonAsync<T>(ApiJson.Options, cancellationToken)
            ?? throw new DataExportException(
                response.StatusCode, new ErrorView("", "The silo answered with nothing.", ""));
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, options: ApiJson.Options);
        }

        var response = await _http.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await Refusal.ReadAsync(response, path, cancellationToken);
        }
    }
}

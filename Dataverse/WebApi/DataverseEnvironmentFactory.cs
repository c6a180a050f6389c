using System.Net;
using DataExport.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataExport.Dataverse.WebApi;

/// <summary>Opens Dataverse environments. All share one pool of connections.</summary>
internal sealed class DataverseEnvironmentFactory : ISourceEnvironmentFactory, IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly ISourceTokenProvider _tokens;
    private readonly IOptionsMonitor<DataverseSourceOptions> _options;
    private readonly TimeProvider _clock;

    [ActivatorUtilitiesConstructor]
    public DataverseEnvironmentFactory(
        ISourceTokenProvider tokens, IOptionsMonitor<DataverseSourceOptions> options, TimeProvider clock)
        : this(CreateHandler(), tokens, options, clock)
    {
    }

    internal DataverseEnvironmentFactory(
        HttpMessageHandler handler,
        ISourceTokenProvider tokens,
        IOptionsMonitor<DataverseSourceOptions> options,
        TimeProvider clock)
    {
        _http = new HttpMessageInvoker(handler);
        _tokens = tokens;
        _options = options;
        _clock = clock;
    }

    /// <inheritdoc/>
    public ISourceEnvironment Open(ExportProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var address = new EnvironmentAddress(profile.SourceUrl);
        return new DataverseEnvironment(
            new WebApiClient(_http, address, _tokens, _options, _clock), profile.MaskKey);
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler CreateHandler() => new()
    {
        // The affinity cookie would tie all requests, and their limits, to one of the environment's web servers.
        UseCookies = false,

        // A redirect would carry the request to a host that nobody configured.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip,
        ConnectTimeout = TimeSpan.FromSeconds(15),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        MaxConnectionsPerServer = 52,
    };
}

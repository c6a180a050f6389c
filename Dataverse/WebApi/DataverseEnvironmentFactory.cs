using System.Net;
using DataExport.Dataverse.Credentials;
using DataExport.Dataverse.Registration;
using DataExport.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataExport.Dataverse.WebApi;

/// <summary>Opens Dataverse environments. All share one pool of connections.</summary>
internal sealed class DataverseEnvironmentFactory
    : ISourceEnvironmentFactory, ISourceRegistrationFactory, IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly ISourceBudgets _budgets;
    private readonly ISourceTokenProvider _tokens;
    private readonly WebApiClientSettings _settings;

    [ActivatorUtilitiesConstructor]
    public DataverseEnvironmentFactory(
        ISourceBudgets budgets,
        ISourceTokenProvider tokens,
        IOptionsMonitor<DataverseSourceOptions> options,
        TimeProvider clock)
        : this(CreateHandler(), budgets, tokens, new WebApiClientSettings(options, clock))
    {
    }

    internal DataverseEnvironmentFactory(
        HttpMessageHandler handler,
        ISourceBudgets budgets,
        ISourceTokenProvider tokens,
        WebApiClientSettings settings)
    {
        _http = new HttpMessageInvoker(handler);
        (_budgets, _tokens, _settings) = (budgets, tokens, settings);
    }

    /// <inheritdoc/>
    public ISourceEnvironment Open(ExportProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new DataverseEnvironment(ClientOf(profile), profile.MaskKey);
    }

    /// <inheritdoc/>
    public ISourceRegistration OpenRegistration(ExportProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new DataverseRegistration(ClientOf(profile));
    }

    public void Dispose() => _http.Dispose();

    private WebApiClient ClientOf(ExportProfile profile)
    {
        var address = new EnvironmentAddress(profile.SourceUrl);
        return new WebApiClient(_http, address, _budgets.For(address.Root.Authority), _tokens, _settings);
    }

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
        EnableMultipleHttp2Connections = true,
    };
}

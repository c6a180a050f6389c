using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataExport.Sandbox;

/// <summary>Serves a <see cref="DataverseSandbox"/> as a Dataverse Web API on loopback.</summary>
public sealed class DataverseHost : IAsyncDisposable
{
    private const long BufferedBytesMax = 1024 * 1024;
    private const int TargetBytesMax = 64 * 1024;

    private readonly DataverseHostOptions _options;
    private readonly WebApiServer _server;
    private readonly TimeProvider _clock;
    private readonly ServiceLimits _limits;
    private readonly RequestFaults _faults;
    private WebApplication? _application;

    public DataverseHost(DataverseSandbox sandbox, DataverseHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _clock = sandbox.Clock;
        _server = new WebApiServer(sandbox);
        _limits = new ServiceLimits(options.Limits, _clock);
        _faults = new RequestFaults(sandbox.Options.Faults, _limits, _server.Tokens, _clock);
        _server.Tokens.Lifetime = options.TokenLifetime;
    }

    /// <summary>
    /// The environment's address, without the Web API's path and with a slash at its end, once started.
    /// </summary>
    public Uri EnvironmentAddress => new(
        _application?.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.First()
        ?? throw new InvalidOperationException("The host has not been started."));

    /// <summary>The Web API's address, <c>…/api/data/v9.2/</c>, once started.</summary>
    public Uri BaseAddress => new(EnvironmentAddress, ApiRequest.Root);

    /// <summary>What was asked so far.</summary>
    public RequestCounters Counters => _server.Counters;

    /// <summary>How long delta tokens live.</summary>
    public TimeSpan TokenLifetime
    {
        get => _server.Tokens.Lifetime;
        set => _server.Tokens.Lifetime = value;
    }

    /// <summary>Expires every delta token issued so far.</summary>
    public void ExpireTokens() => _server.Tokens.ExpireAll();

    /// <summary>Sets how far the caller's read privilege for a table reaches; activities share theirs.</summary>
    public void SetReadDepth(SandboxTable table, ReadDepth depth)
    {
        ArgumentNullException.ThrowIfNull(table);
        _server.Privileges.Set(table, depth);
    }

    /// <summary>Requests that came although the caller had been asked to wait.</summary>
    public long RequestsInsideRetryAfter => _limits.InsideRetryAfter;

    /// <summary>Answers every request with 429 for so long, as if a limit were met; 0 ends it.</summary>
    public void Throttle(int seconds, ServiceLimit limit = ServiceLimit.Requests) =>
        _limits.Throttle(limit, TimeSpan.FromSeconds(seconds));

    /// <summary>Pages that were asked for again although their reader had gone on to the next.</summary>
    public long PagesRepeated => _server.Repeats.Pages;

    /// <summary>Tables that were read anew from their beginning.</summary>
    public long FullResyncs => _server.Repeats.Walks;

    /// <summary>How often a limit refused a request.</summary>
    public long Refused(ServiceLimit limit) => _limits.Refused(limit);

    /// <summary>Takes a privilege such as <c>prvCreateServiceEndpoint</c> from the caller, or gives it back.</summary>
    public void SetPrivilege(string name, bool isHeld) => _server.Registration.SetPrivilege(name, isHeld);

    /// <summary>Listens from here on.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, _options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxResponseBufferSize = BufferedBytesMax;
            kestrel.Limits.MaxRequestLineSize = TargetBytesMax;
            kestrel.Limits.MaxRequestBufferSize = BufferedBytesMax;
            kestrel.Limits.MaxRequestBodySize = _options.BatchBytesMax;
        });
        _application = builder.Build();
        _application.Run(ServeAsync);
        await _application.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        _server.Counters.AddRequest();
        _faults.BeforeRequest();
        if (_limits.Begin() is { } refusal)
        {
            await WriteAsync(context, refusal);
            return;
        }

        var began = _clock.GetTimestamp();
        try
        {
            var answer = _faults.Refuse() ?? await AnswerAsync(context.Request);
            await _faults.SlowDownAsync(context.RequestAborted);
            await Task.Delay(_limits.ExecutionAdded, _clock, context.RequestAborted);
            _limits.Executed(_clock.GetElapsedTime(began));
            await WriteAsync(context, answer);
        }
        finally
        {
            _limits.End();
        }
    }

    private async Task WriteAsync(HttpContext context, ApiAnswer answer)
    {
        var response = context.Response;
        WriteHeaders(response, answer);
        var mayCompress = answer is JsonAnswer || _options.CompressesRows;
        if (mayCompress && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            await CompressedAnswer.WriteAsync(answer, response, context.RequestAborted);
            return;
        }

        var output = response.BodyWriter;
        var cutsOff = _faults.CutsOff();
        while (answer.WriteSome(output))
        {
            var flush = await output.FlushAsync(context.RequestAborted);
            if (flush.IsCompleted)
            {
                return;
            }

            if (cutsOff)
            {
                context.Abort();
                return;
            }
        }
    }

    private void WriteHeaders(HttpResponse response, ApiAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.Status == StatusCodes.Status204NoContent ? null : answer.ContentType;
        response.Headers["OData-Version"] = "4.0";
        if (answer.EntityId is { } entityId)
        {
            response.Headers["OData-EntityId"] = entityId;
        }

        if (answer.PreferenceApplied is { } applied)
        {
            response.Headers["Preference-Applied"] = applied;
        }

        if (answer.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var (name, value) in _limits.Headers())
        {
            response.Headers[name] = value;
        }
    }

    private async Task<ApiAnswer> AnswerAsync(HttpRequest request)
    {
        var baseAddress = $"{request.Scheme}://{request.Host.Value}{ApiRequest.Root}";
        var target = request.Path.Value + request.QueryString.Value;
        var isBatch = request.Path.Equals(ApiRequest.Root + "$batch", StringComparison.OrdinalIgnoreCase);
        return (isBatch, request.Method) switch
        {
            (true, "POST") => await BatchAsync(request, baseAddress),
            (false, "GET") => _server.Answer(target, request.Headers["Prefer"], baseAddress),
            (false, "POST" or "PATCH" or "DELETE") =>
                _server.Change(request.Method, target, await ReadTextAsync(request), baseAddress),
            _ => JsonAnswer.Error(405, ErrorCodes.InvalidArgument, $"{request.Method} is not served here."),
        };
    }

    private async Task<ApiAnswer> BatchAsync(HttpRequest request, string baseAddress)
    {
        _server.Counters.AddBatch();
        var body = await ReadTextAsync(request);
        try
        {
            var parts = BatchParser.Parse(request.ContentType, body);
            var preferences = Preferences.Parse(request.Headers["Prefer"]);
            return new BatchAnswer(_server, parts, preferences.ContinuesOnError, baseAddress);
        }
        catch (ApiException refusal)
        {
            return JsonAnswer.Error(refusal.Status, refusal.Code, refusal.Message);
        }
    }

    private static async Task<string> ReadTextAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync();
    }
}

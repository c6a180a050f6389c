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
    private WebApplication? _application;
    private long _throttledUntilTicks;

    public DataverseHost(DataverseSandbox sandbox, DataverseHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _clock = sandbox.Clock;
        _server = new WebApiServer(sandbox);
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

    /// <summary>Takes a privilege such as <c>prvCreateServiceEndpoint</c> from the caller, or gives it back.</summary>
    public void SetPrivilege(string name, bool isHeld) => _server.Registration.SetPrivilege(name, isHeld);

    /// <summary>Answers every request with 429 for so long; 0 ends it.</summary>
    public void Throttle(int seconds) =>
        Interlocked.Exchange(ref _throttledUntilTicks, _clock.GetUtcNow().AddSeconds(seconds).UtcTicks);

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
        var answer = await AnswerAsync(context.Request);
        var response = context.Response;
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

        var mayCompress = answer is JsonAnswer || _options.CompressesRows;
        if (mayCompress && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.Ordinal))
        {
            await CompressedAnswer.WriteAsync(answer, response, context.RequestAborted);
            return;
        }

        var output = response.BodyWriter;
        while (answer.WriteSome(output))
        {
            var flush = await output.FlushAsync(context.RequestAborted);
            if (flush.IsCompleted)
            {
                return;
            }
        }
    }

    private async Task<ApiAnswer> AnswerAsync(HttpRequest request)
    {
        if (SecondsThrottled() is var seconds and > 0)
        {
            return JsonAnswer.Error(
                429,
                ErrorCodes.TooManyRequests,
                "Number of requests exceeded the limit of 6000 over time window of 300 seconds.",
                seconds);
        }

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

    private int SecondsThrottled()
    {
        var ticks = Interlocked.Read(ref _throttledUntilTicks) - _clock.GetUtcNow().UtcTicks;
        return (int)Math.Max(0, Math.Ceiling(ticks / (double)TimeSpan.TicksPerSecond));
    }
}

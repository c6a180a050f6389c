using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Api;

/// <summary>
/// Lets nobody pass without the key, whatever the path, except to <c>/health</c>. Stands before routing, so that an
/// endpoint mapped later cannot be forgotten and no body is read for a stranger.
/// </summary>
internal sealed class ApiKeyGate(IOptions<ApiOptions> options)
{
    public const string Header = "X-Api-Key";

    private const string Bearer = "Bearer ";

    private static readonly PathString _open = new("/health");
    private static readonly PathString _metrics = new("/metrics");

    // Hashes have one length, so the comparison's time tells nothing about the key's.
    private readonly byte[] _expected = Hash(options.Value.Key);
    private readonly byte[]? _expectedOfScrapers = options.Value.MetricsKey is { } key ? Hash(key) : null;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(_open)
            || IsKey(context.Request.Headers[Header], _expected)
            || (path.Equals(_metrics) && IsScraper(context.Request.Headers.Authorization)))
        {
            await next(context);
            return;
        }

        await ApiErrors.WriteAsync(
            context, StatusCodes.Status401Unauthorized, $"The header {Header} is missing or its key is wrong.");
    }

    /// <summary>Prometheus sends no header of one's choice, but a bearer token.</summary>
    private bool IsScraper(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var given = authorization[Bearer.Length..];
        return IsKey(given, _expected) || (_expectedOfScrapers is { } key && IsKey(given, key));
    }

    private static bool IsKey(string? given, byte[] expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Hash(given), expected);

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}

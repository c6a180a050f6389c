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

    private static readonly PathString _open = new("/health");

    // Hashes have one length, so the comparison's time tells nothing about the key's.
    private readonly byte[] _expected = SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Key));

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(_open) || IsKey(context.Request.Headers[Header]))
        {
            await next(context);
            return;
        }

        await ApiErrors.WriteAsync(
            context, StatusCodes.Status401Unauthorized, $"The header {Header} is missing or its key is wrong.");
    }

    private bool IsKey(string? given) =>
        given is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _expected);
}

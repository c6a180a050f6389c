using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Identity;
using DataExport.Dataverse.WebApi;
using DataExport.Grains.Ports;
using Microsoft.Extensions.Options;

namespace DataExport.Dataverse.Credentials;

/// <summary>
/// Tokens by the credential of each environment: its own one, or that of all. A token is kept until shortly before it
/// ends.
/// </summary>
internal sealed partial class CredentialTokenProvider(
    IOptionsMonitor<DataverseSourceOptions> options,
    TimeProvider clock,
    Func<SourceCredentialOptions, string, TokenCredential> create) : ISourceTokenProvider
{
    private const string Section = "DataExport:Source";
    private static readonly TimeSpan s_renewBefore = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public async ValueTask<string?> GetTokenAsync(Uri address, CancellationToken cancellationToken)
    {
        var (credential, section) = CredentialOf(address);
        if (credential.Kind is SourceCredentialKind.None)
        {
            return string.IsNullOrEmpty(options.CurrentValue.Token) ? null : options.CurrentValue.Token;
        }

        var held = _held.GetOrAdd(address.Authority, _ => new Held(create(credential, section)));
        if (held.Token is { } token && token.ExpiresOn - clock.GetUtcNow() > s_renewBefore)
        {
            return token.Token;
        }

        try
        {
            var scope = new TokenRequestContext([$"{address.GetLeftPart(UriPartial.Authority)}/.default"]);
            var renewed = await held.Credential.GetTokenAsync(scope, cancellationToken);
            held.Token = renewed;
            return renewed.Token;
        }
        catch (AuthenticationFailedException failure)
        {
            throw Failed(failure, section);
        }
    }

    /// <inheritdoc/>
    public void Reject(Uri address) => _held.TryRemove(address.Authority, out _);

    private (SourceCredentialOptions Credential, string Section) CredentialOf(Uri address) =>
        options.CurrentValue.Environments.TryGetValue(address.Host, out var own)
            ? (own, $"{Section}:Environments:{address.Host}")
            : (options.CurrentValue.Credential, $"{Section}:Credential");

    /// <summary>
    /// The service's texts name tenants and request ids, and a credential's may quote a file: its code is enough to
    /// look the reason up.
    /// </summary>
    private static SourceException Failed(AuthenticationFailedException failure, string section) => failure switch
    {
        CredentialUnavailableException => new SourceException(
            SourceFault.Forbidden,
            $"No token: the identity that {section} names is not there on this machine."),
        _ when Code().Match(failure.Message) is { Success: true } code => new SourceException(
            SourceFault.Forbidden,
            $"The sign-in with {section} was refused ({code.Value}). Look the code up at Microsoft's sign-in errors."),
        _ => new SourceException(
            SourceFault.Unavailable, $"The sign-in with {section} failed, it is tried again."),
    };

    [GeneratedRegex("AADSTS[0-9]{3,8}")]
    private static partial Regex Code();

    private sealed class Held(TokenCredential credential)
    {
        private Tuple<AccessToken>? _token;

        public TokenCredential Credential => credential;

        /// <summary>Read and written as a whole, by whichever request comes.</summary>
        public AccessToken? Token
        {
            get => Volatile.Read(ref _token)?.Item1;
            set => Volatile.Write(ref _token, value is { } token ? Tuple.Create(token) : null);
        }
    }
}

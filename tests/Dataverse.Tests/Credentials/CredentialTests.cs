using Azure.Core;
using Azure.Identity;
using DataExport.Dataverse.Credentials;
using DataExport.Dataverse.WebApi;
using DataExport.Grains.Ports;
using Microsoft.Extensions.Options;

namespace DataExport.Dataverse.Tests.Credentials;

public sealed class CredentialTests
{
    private static readonly Uri s_sales = new("https://sales.crm.dynamics.com/");
    private static readonly Uri s_support = new("https://support.crm4.dynamics.com/");

    private readonly FakeClock _clock = new();
    private readonly DataverseSourceOptions _options = new()
    {
        Credential = { Kind = SourceCredentialKind.ManagedIdentity },
        Environments =
        {
            ["support.crm4.dynamics.com"] = new() { Kind = SourceCredentialKind.ClientSecret, ClientId = "support" },
        },
    };

    private readonly List<FakeCredential> _made = [];

    [Fact]
    public async Task GetTokenAsync_TwoEnvironments_EachHasItsOwnCredentialAndScope()
    {
        var provider = Provider();

        (await provider.GetTokenAsync(s_sales, default)).ShouldBe("ManagedIdentity 1");
        (await provider.GetTokenAsync(s_support, default)).ShouldBe("ClientSecret 1");

        _made.Select(each => each.Scopes.Single()).ShouldBe(
            ["https://sales.crm.dynamics.com/.default", "https://support.crm4.dynamics.com/.default"]);
    }

    [Fact]
    public async Task GetTokenAsync_UntilShortlyBeforeItsEnd_GivesTheSameToken()
    {
        var provider = Provider();
        _ = await provider.GetTokenAsync(s_sales, default);
        _clock.Advance(TimeSpan.FromMinutes(54));
        var kept = await provider.GetTokenAsync(s_sales, default);
        _clock.Advance(TimeSpan.FromMinutes(2));
        var renewed = await provider.GetTokenAsync(s_sales, default);

        kept.ShouldBe("ManagedIdentity 1");
        renewed.ShouldBe("ManagedIdentity 2");
    }

    [Fact]
    public async Task Reject_TokenThatWasNotAccepted_AsksWithAFreshCredential()
    {
        var provider = Provider();
        _ = await provider.GetTokenAsync(s_sales, default);
        provider.Reject(s_sales);
        _ = await provider.GetTokenAsync(s_sales, default);

        _made.Count.ShouldBe(2);
    }

    [Fact]
    public async Task GetTokenAsync_SignInRefused_TellsTheCodeAndNoMore()
    {
        var provider = Provider(() => throw new AuthenticationFailedException(
            "AADSTS7000215: Invalid client secret provided for app 'tenant-name'. Trace ID: 1234"));

        var fault = await Should.ThrowAsync<SourceException>(
            async () => await provider.GetTokenAsync(s_sales, default));

        fault.Fault.ShouldBe(SourceFault.Forbidden);
        fault.Message.ShouldContain("AADSTS7000215");
        fault.ToString().ShouldNotContain("tenant-name");
    }

    [Theory]
    [InlineData(SourceCredentialKind.ClientSecret, "TenantId")]
    [InlineData(SourceCredentialKind.ClientCertificate, "TenantId")]
    public void Create_SettingMissing_NamesIt(SourceCredentialKind kind, string setting)
    {
        var fault = Should.Throw<SourceException>(
            () => SourceCredentials.Create(
                new SourceCredentialOptions { Kind = kind }, "DataExport:Source:Credential"));

        fault.Message.ShouldBe($"DataExport:Source:Credential:{setting} is not set.");
    }

    [Fact]
    public void Create_AllKinds_AreAzuresOwnCredentials()
    {
        var secret = new SourceCredentialOptions
        {
            TenantId = "a", ClientId = "b", ClientSecret = "c", CertificateFile = "no-such-file.pem",
        };

        TypeOf(secret, SourceCredentialKind.ClientSecret).ShouldBe(typeof(ClientSecretCredential));
        TypeOf(secret, SourceCredentialKind.ClientCertificate).ShouldBe(typeof(ClientCertificateCredential));
        TypeOf(secret, SourceCredentialKind.ManagedIdentity).ShouldBe(typeof(ManagedIdentityCredential));
        TypeOf(secret, SourceCredentialKind.WorkloadIdentity).ShouldBe(typeof(WorkloadIdentityCredential));
    }

    private static Type TypeOf(SourceCredentialOptions options, SourceCredentialKind kind)
    {
        options.Kind = kind;
        return SourceCredentials.Create(options, "section").GetType();
    }

    private CredentialTokenProvider Provider(Action? onToken = null) => new(
        new FixedOptions(_options),
        _clock,
        (options, _) =>
        {
            var made = new FakeCredential(options.Kind.ToString(), _clock, onToken);
            _made.Add(made);
            return made;
        });

    private sealed class FakeCredential(string name, TimeProvider clock, Action? onToken) : TokenCredential
    {
        private int _tokens;

        public HashSet<string> Scopes { get; } = [];

        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken)
        {
            onToken?.Invoke();
            Scopes.UnionWith(requestContext.Scopes);
            return new AccessToken($"{name} {++_tokens}", clock.GetUtcNow().AddHours(1));
        }

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new(GetToken(requestContext, cancellationToken));
    }

    private sealed class FixedOptions(DataverseSourceOptions options) : IOptionsMonitor<DataverseSourceOptions>
    {
        public DataverseSourceOptions CurrentValue => options;

        public DataverseSourceOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<DataverseSourceOptions, string?> listener) => null;
    }
}

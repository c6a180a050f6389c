using Microsoft.Extensions.Options;

namespace DataExport.Dataverse.WebApi;

/// <summary>Gives the bearer token that an environment asks for.</summary>
public interface ISourceTokenProvider
{
    /// <summary>
    /// A token for the environment at <paramref name="address"/>; <see langword="null"/>: none is sent.
    /// </summary>
    ValueTask<string?> GetTokenAsync(Uri address, CancellationToken cancellationToken);
}

/// <summary>The token of the configuration, or none.</summary>
internal sealed class ConfiguredTokenProvider(IOptionsMonitor<DataverseSourceOptions> options) : ISourceTokenProvider
{
    public ValueTask<string?> GetTokenAsync(Uri address, CancellationToken cancellationToken) =>
        new(string.IsNullOrEmpty(options.CurrentValue.Token) ? null : options.CurrentValue.Token);
}

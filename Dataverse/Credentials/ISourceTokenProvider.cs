using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Credentials;

/// <summary>Gives the bearer token that an environment asks for. Thread-safe.</summary>
public interface ISourceTokenProvider
{
    /// <summary>
    /// A token for the environment at <paramref name="address"/>; <see langword="null"/>: none is sent.
    /// </summary>
    /// <exception cref="SourceException">The sign-in failed, or the credential is not set up.</exception>
    ValueTask<string?> GetTokenAsync(Uri address, CancellationToken cancellationToken);

    /// <summary>
    /// The environment did not accept a token that should still be good: the next is asked for anew.
    /// </summary>
    void Reject(Uri address);
}

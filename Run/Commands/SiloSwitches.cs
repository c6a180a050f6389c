using System.CommandLine;
using DataExport.Client;
using DataExport.Run.Hosting;

namespace DataExport.Run.Commands;

/// <summary>Which running silo a command asks, and about which of its profiles.</summary>
internal sealed class SiloSwitches
{
    public Option<string> Profile { get; } = new("--profile")
    {
        Description = "The profile's name or id.",
        Required = true,
    };

    public Option<string?> Address { get; } = new("--address")
    {
        Description = $"The silo's address. Default: the environment's {SiloSettings.AddressVariable}.",
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = $"The key of its API. Default: the environment's {SiloSettings.KeyVariable}.",
    };

    public IEnumerable<Option> All => [Profile, Address, Key];

    /// <summary>A client of the silo that is named here or in the environment.</summary>
    /// <exception cref="RunException">Neither names one.</exception>
    public DataExportClient OpenClient(ParseResult parsed, Func<string, string?> environment)
    {
        var named = parsed.GetValue(Address) ?? environment(SiloSettings.AddressVariable)?.Split(';')[0];
        var key = parsed.GetValue(Key) ?? environment(SiloSettings.KeyVariable);
        return Uri.TryCreate(named, UriKind.Absolute, out var address) && !string.IsNullOrWhiteSpace(key)
            ? new DataExportClient(address, key)
            : throw new RunException(
                $"Say which silo: --address and --key, or {SiloSettings.AddressVariable} and "
                + $"{SiloSettings.KeyVariable} in the environment. ./run prints both for the silo that it starts.");
    }

    /// <summary>The silo's profile of a name or id.</summary>
    /// <exception cref="RunException">It has none.</exception>
    public static async Task<Api.ProfileView> FindProfileAsync(
        DataExportClient client, string name, CancellationToken cancellationToken)
    {
        var profiles = await client.GetProfilesAsync(cancellationToken: cancellationToken);
        return profiles.FirstOrDefault(
                each => string.Equals(each.Name, name, StringComparison.OrdinalIgnoreCase) || each.Id == name)
            ?? throw new RunException(
                $"The silo has no profile '{name}'. It has: {string.Join(", ", profiles.Select(each => each.Name))}.");
    }
}

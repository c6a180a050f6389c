using System.CommandLine;
using DataExport.Client;
using DataExport.Run.Hosting;

namespace DataExport.Run.Commands;

/// <summary>The switches of <c>./run plan</c>.</summary>
internal sealed class PlanSwitches
{
    public Option<string> Profile { get; } = new("--profile")
    {
        Description = "The profile's name or id.",
        Required = true,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the plan as JSON." };

    public Option<string?> Address { get; } = new("--address")
    {
        Description = $"The silo's address. Default: the environment's {SiloSettings.AddressVariable}.",
    };

    public Option<string?> Key { get; } = new("--key")
    {
        Description = $"The key of its API. Default: the environment's {SiloSettings.KeyVariable}.",
    };

    public IEnumerable<Option> All => [Profile, Json, Address, Key];

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
}

using System.CommandLine;

namespace DataExport.Run.Commands;

/// <summary>The switches of <c>./run plan</c>.</summary>
internal sealed class PlanSwitches
{
    public SiloSwitches Silo { get; } = new();

    public Option<bool> Json { get; } = new("--json") { Description = "Print the plan as JSON." };

    public IEnumerable<Option> All => [.. Silo.All, Json];
}

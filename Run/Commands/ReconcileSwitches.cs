using System.CommandLine;

namespace DataExport.Run.Commands;

/// <summary>The switches of <c>./run reconcile</c>.</summary>
internal sealed class ReconcileSwitches
{
    public SiloSwitches Silo { get; } = new();

    public Option<string[]?> Tables { get; } = new("--table")
    {
        Description = "A table to compare; may be given several times. Default: all of the profile.",
    };

    public Option<bool> Cells { get; } = new("--cells")
    {
        Description = "Compare the cells of rows of the same version, too: all columns are read.",
    };

    public Option<bool> Repair { get; } = new("--repair") { Description = "Write anew what differs." };

    public Option<bool> AllowDeletions { get; } = new("--allow-deletions")
    {
        Description = "With --repair: delete extra rows however many there are.",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print the report as JSON." };

    public IEnumerable<Option> All => [.. Silo.All, Tables, Cells, Repair, AllowDeletions, Json];

    public ReconcileRequest Read(ParseResult parsed) => new()
    {
        Tables = [.. parsed.GetValue(Tables) ?? []],
        Cells = parsed.GetValue(Cells),
        Repair = parsed.GetValue(Repair),
        AllowDeletions = parsed.GetValue(AllowDeletions),
    };
}

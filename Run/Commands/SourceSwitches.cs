using System.CommandLine;
using System.CommandLine.Parsing;
using DataExport.Run.Hosting;

namespace DataExport.Run.Commands;

/// <summary>The switches that say where a Sandbox's tables come from.</summary>
internal sealed class SourceSwitches
{
    public Option<string?> Data { get; } = new("--data")
    {
        Description = "Directory of a Configuration Migration set (data_schema.xml, data.xml): tables and rows.",
    };

    public Option<string?> Metadata { get; } = new("--metadata")
    {
        Description = "Directory of EntityMetadata exports (*.xml): tables, filled with --rows made-up rows.",
    };

    public IEnumerable<Option> All => [Data, Metadata];

    public SandboxSource Read(ParseResult parsed) => new(parsed.GetValue(Data), parsed.GetValue(Metadata));

    /// <summary>Refuses both at once, and a number of rows where the files bring them.</summary>
    public void RefuseTogether(Command command, Option rows) => command.Validators.Add(result =>
    {
        if (IsGiven(result, Data) && IsGiven(result, Metadata))
        {
            result.AddError("--data and --metadata do not go together.");
        }

        if (IsGiven(result, Data) && IsGiven(result, rows))
        {
            result.AddError("--rows goes with made-up rows; those of --data come from its files.");
        }
    });

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };
}

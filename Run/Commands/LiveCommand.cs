using DataExport.Run.Hosting;
using DataExport.Run.Live;
using Spectre.Console;

namespace DataExport.Run.Commands;

/// <summary><c>./run</c> without <c>--once</c>.</summary>
internal static class LiveCommand
{
    /// <summary>Runs until cancelled.</summary>
    public static async Task<int> RunAsync(LiveOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var directory = options.DataDirectory is { } path ? DataDirectory.Use(path) : DataDirectory.CreateKept(clock);
        var output = Console.Out;
        var rows = options.Source.Data is { } files ? $"the rows of {files}" : $"{options.Rows:N0} rows";
        output.WriteLine($"Sandbox environment with {rows} -> {directory.DatabaseFile}");
        if (options.Source == new SandboxSource())
        {
            output.WriteLine($"Try: {Query(directory)}");
        }

        output.WriteLine($"The silo's log is {new SiloSettings(directory.SiloDirectory).LogFile}");
        await using (var run = await LiveRun.StartAsync(options, directory, clock, cancellationToken))
        {
            output.WriteLine($"The silo's API is {run.Silo.Address}; its key is in {run.Silo.KeyFile}. Try:");
            output.WriteLine($"  {SiloSettings.KeyVariable}=$(cat '{run.Silo.KeyFile}') ./run plan "
                + $"--address {run.Silo.Address} --profile {ExportSetup.ProfileName}");
            await run.RunAsync(ViewFor(output), cancellationToken);
            output.WriteLine("Stopping: what is in flight is written first.");
        }

        output.WriteLine($"Stopped. The database stays: {directory.DatabaseFile}");
        return ExitCode.Success;
    }

    private static string Query(DataDirectory directory) =>
        $"sqlite3 '{directory.DatabaseFile}' 'SELECT name, address1_city, modifiedon "
        + $"FROM {ExportSetup.Prefix}_account ORDER BY modifiedon DESC LIMIT 5'";

    private static IProgressView ViewFor(TextWriter output) =>
        AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true } && !Console.IsOutputRedirected
            ? new TerminalView(AnsiConsole.Console)
            : new PlainView(output);
}

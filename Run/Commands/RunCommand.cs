using System.CommandLine;
using System.CommandLine.Parsing;
using DataExport.Silo.Hosting;

namespace DataExport.Run.Commands;

/// <summary>The command line: <c>./run</c> and its commands.</summary>
internal static class RunCommand
{
    public static RootCommand Create(TimeProvider clock)
    {
        var shared = new SharedSwitches();
        var once = new OnceSwitches();
        var root = new RootCommand(
            "Keeps a SQLite database in step with a made-up Dataverse environment, and shows it.");
        foreach (var option in shared.All.Concat(once.All))
        {
            root.Options.Add(option);
        }

        shared.Source.RefuseTogether(root, shared.Rows);
        root.Validators.Add(result =>
        {
            if (!IsGiven(result, once.Once) && 
                (IsGiven(result, once.Chaos) || IsGiven(result, once.Faults) || IsGiven(result, once.Json)))
            {
                result.AddError("--chaos, --faults and --json go with --once.");
            }
        });
        root.SetAction((parsed, cancellationToken) => parsed.GetValue(once.Once)
            ? OnceCommand.RunAsync(once.Read(parsed, shared), clock, cancellationToken)
            : LiveCommand.RunAsync(shared.ReadLive(parsed), clock, cancellationToken));
        root.Subcommands.Add(Sandbox(clock));
        root.Subcommands.Add(Silo());
        root.Subcommands.Add(Decode());
        root.Subcommands.Add(Plan());
        root.Subcommands.Add(Reconcile(clock));
        return root;
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static Command Sandbox(TimeProvider clock)
    {
        var switches = new SandboxSwitches();
        var command = new Command("sandbox", "A Dataverse environment and a Service Bus namespace alone.");
        foreach (var option in switches.All)
        {
            command.Options.Add(option);
        }

        switches.Source.RefuseTogether(command, switches.Rows);
        command.SetAction((parsed, cancellationToken) => SandboxCommand.RunAsync(
            switches.Read(parsed), parsed.GetValue(switches.ChangesPerSecond), clock, cancellationToken));
        return command;
    }

    private static Command Silo()
    {
        var settings = new Argument<string[]>("settings")
        {
            Description = "Settings such as --DataExport:Silo:DataDirectory=data; also from the environment.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("silo", "A silo alone.") { settings };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, _) =>
            SiloHost.RunAsync([.. parsed.GetValue(settings) ?? [], .. parsed.UnmatchedTokens]));
        return command;
    }

    private static Command Plan()
    {
        var switches = new PlanSwitches();
        var command = new Command(
            "plan", "Shows what activating a profile of a running silo would do, and does nothing.");
        foreach (var option in switches.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = switches.Silo.OpenClient(parsed, Environment.GetEnvironmentVariable);
            return await PlanCommand.RunAsync(
                client,
                parsed.GetRequiredValue(switches.Silo.Profile),
                parsed.GetValue(switches.Json),
                Console.Out,
                cancellationToken);
        });
        return command;
    }

    private static Command Reconcile(TimeProvider clock)
    {
        var switches = new ReconcileSwitches();
        var command = new Command(
            "reconcile",
            "Compares a profile of a running silo with its source. Ends with 0 if nothing differs or all is repaired.");
        foreach (var option in switches.All)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = switches.Silo.OpenClient(parsed, Environment.GetEnvironmentVariable);
            return await new ReconcileCommand(client, clock).RunAsync(
                parsed.GetRequiredValue(switches.Silo.Profile),
                switches.Read(parsed),
                parsed.GetValue(switches.Json),
                Console.Out,
                cancellationToken);
        });
        return command;
    }

    private static Command Decode()
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Bodies of notifications: JSON, XML or .NET binary XML, told by their first bytes.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("decode", "Prints what notifications say, one line of JSON a change.") { files };
        command.SetAction((parsed, cancellationToken) => DecodeCommand.RunAsync(
            parsed.GetValue(files) ?? [], Console.Out, Console.Error, cancellationToken));
        return command;
    }
}

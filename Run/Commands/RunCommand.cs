using System.CommandLine;
using System.CommandLine.Parsing;
using DataExport.Run.Hosting;
using DataExport.Silo.Hosting;

namespace DataExport.Run.Commands;

/// <summary>The command line: <c>./run</c> and its three commands.</summary>
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

        root.Validators.Add(result =>
        {
            if (!IsGiven(result, once.Once) && (IsGiven(result, once.Chaos) || IsGiven(result, once.Json)))
            {
                result.AddError("--chaos and --json go with --once.");
            }
        });
        root.SetAction((parsed, cancellationToken) => parsed.GetValue(once.Once)
            ? OnceCommand.RunAsync(once.Read(parsed, shared), clock, cancellationToken)
            : LiveCommand.RunAsync(shared.ReadLive(parsed), clock, cancellationToken));
        root.Subcommands.Add(Sandbox(clock));
        root.Subcommands.Add(Silo());
        root.Subcommands.Add(Decode());
        return root;
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static Command Sandbox(TimeProvider clock)
    {
        var http = Limits.NotNegative("--http-port", 0, "Loopback port of the Web API; 0 takes a free one.");
        var amqp = Limits.NotNegative(
            "--amqp-port", 0, "Loopback port of the Service Bus namespace; 0 takes a free one.");
        var queues = new Option<string[]?>("--queue") { Description = "A queue to post to; may be repeated." };
        var rows = Limits.NotNegative("--rows", 20_000L, "Rows of all tables together.");
        var seed = new Option<int>("--seed") { Description = "Decides all data.", DefaultValueFactory = _ => 1 };
        var pace = Limits.NotNegative("--changes-per-second", 0.0, "Changes a second; 0 for none.");
        var command = new Command("sandbox", "A Dataverse environment and a Service Bus namespace alone.")
        {
            http, amqp, queues, rows, seed, pace,
        };
        command.SetAction((parsed, cancellationToken) => SandboxCommand.RunAsync(
            new SandboxSettings
            {
                HttpPort = parsed.GetValue(http),
                AmqpPort = parsed.GetValue(amqp),
                Queues = parsed.GetValue(queues) is { Length: > 0 } names ? names : [ExportSetup.Queue],
                Rows = parsed.GetValue(rows),
                Seed = parsed.GetValue(seed),
            },
            parsed.GetValue(pace),
            clock,
            cancellationToken));
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
        command.SetAction(async (parsed, _) =>
        {
            await SiloHost.RunAsync([.. parsed.GetValue(settings) ?? [], .. parsed.UnmatchedTokens]);
            return ExitCode.Success;
        });
        return command;
    }

    private static Command Decode()
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Bodies of notifications.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("decode", "Prints what notifications say, one line of JSON a change.") { files };
        command.SetAction((parsed, cancellationToken) => DecodeCommand.RunAsync(
            parsed.GetValue(files) ?? [], Console.Out, Console.Error, cancellationToken));
        return command;
    }
}

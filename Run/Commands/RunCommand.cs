using System.CommandLine;
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
            if (!result.GetValue(once.Once) && (result.GetValue(once.Chaos) || result.GetValue(once.Json)))
            {
                result.AddError("--chaos and --json go with --once.");
            }

            if (result.GetValue(shared.Rows) < 0 || result.GetValue(once.Changes) < 0)
            {
                result.AddError("--rows and --changes are not negative.");
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

    private static Command Sandbox(TimeProvider clock)
    {
        var http = Port("--http-port", "Loopback port of the Web API; 0 takes a free one.");
        var amqp = Port("--amqp-port", "Loopback port of the Service Bus namespace; 0 takes a free one.");
        var queues = new Option<string[]?>("--queue") { Description = "A queue to post to; may be given several times." };
        var rows = new Option<long>("--rows") { Description = "Rows.", DefaultValueFactory = _ => 20_000 };
        var seed = new Option<int>("--seed") { Description = "Decides all data.", DefaultValueFactory = _ => 1 };
        var pace = new Option<double>("--changes-per-second") { Description = "Changes a second; 0 for none." };
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

    private static Option<int> Port(string name, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => 0,
    };
}

using System.CommandLine;
using DataExport.Run.Hosting;
using DataExport.Sandbox;

namespace DataExport.Run.Commands;

/// <summary>The switches of <c>./run sandbox</c>.</summary>
internal sealed class SandboxSwitches
{
    public SandboxSwitches() => Queues.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
        {
            if (QueueSwitch.TryRead(token.Value, out var fault) is null)
            {
                result.AddError(fault);
            }
        }
    });

    public Option<int> HttpPort { get; } = Limits.NotNegative(
        "--http-port", 0, "Loopback port of the Web API; 0 takes a free one.");

    public Option<int> AmqpPort { get; } = Limits.NotNegative(
        "--amqp-port", 0, "Loopback port of the Service Bus namespace; 0 takes a free one.");

    public Option<string[]?> Queues { get; } = new("--queue")
    {
        Description = $"A queue, {QueueSwitch.Syntax}; may be repeated. Every change is posted to those without "
            + "sessions, or if 'registered' what steps are registered for.",
    };

    public Option<long> Rows { get; } = Limits.NotNegative("--rows", 20_000L, "Rows of all tables together.");

    public Option<int> Seed { get; } = new("--seed")
    {
        Description = "Decides all data.",
        DefaultValueFactory = _ => 1,
    };

    public Option<double> ChangesPerSecond { get; } = Limits.NotNegative(
        "--changes-per-second", 0.0, "Changes a second; 0 for none.");

    public Option<string?> DataDirectory { get; } = new("--data-dir")
    {
        Description = "A directory in which the queues outlive a restart. Default: they are in memory alone.",
    };

    public SourceSwitches Source { get; } = new();

    public IEnumerable<Option> All =>
        [HttpPort, AmqpPort, Queues, Rows, .. Source.All, Seed, ChangesPerSecond, DataDirectory];

    public SandboxSettings Read(ParseResult parsed)
    {
        var queues = new Dictionary<string, SandboxQueueOptions>(StringComparer.OrdinalIgnoreCase);
        var registered = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in parsed.GetValue(Queues) is { Length: > 0 } texts ? texts : [ExportSetup.Queue])
        {
            if (QueueSwitch.TryRead(text, out _) is { } queue)
            {
                queues[queue.Name] = queue.Options;
                _ = QueueSwitch.IsRegistered(text) ? registered.Add(queue.Name) : registered.Remove(queue.Name);
            }
        }

        return new SandboxSettings
        {
            HttpPort = parsed.GetValue(HttpPort),
            AmqpPort = parsed.GetValue(AmqpPort),
            Queues =
            [
                .. queues.Where(queue => !queue.Value.RequiresSessions && !registered.Contains(queue.Key))
                    .Select(queue => queue.Key),
            ],
            RegisteredQueues = [.. registered],
            SessionQueues =
            [
                .. queues.Where(queue => queue.Value.RequiresSessions && !registered.Contains(queue.Key))
                    .Select(queue => queue.Key),
            ],
            QueueSettings = queues,
            DataDirectory = parsed.GetValue(DataDirectory),
            Source = Source.Read(parsed),
            Rows = parsed.GetValue(Rows),
            Seed = parsed.GetValue(Seed),
        };
    }
}

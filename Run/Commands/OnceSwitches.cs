using System.CommandLine;
using DataExport.Run.Hosting;
using DataExport.Run.Once;
using DataExport.Sandbox;

namespace DataExport.Run.Commands;

/// <summary>The switches that only <c>--once</c> has.</summary>
internal sealed class OnceSwitches
{
    private static readonly ChaosOptions _chaos = new();

    public Option<bool> Once { get; } = new("--once")
    {
        Description = "Initial sync, changes, a delta sync, comparison of all columns; ends with 0 if nothing differs.",
    };

    public Option<long> Changes { get; } = Limits.NotNegative(
        "--changes", 20_000L, "Changes, half of them during the initial sync.");

    public Option<bool> Chaos { get; } = new("--chaos")
    {
        Description = "Doubled and shuffled messages, cut connections, kill -9 and restart of the silo.",
    };

    public Option<string?> Faults { get; } = FaultSwitch();

    public Option<bool> Json { get; } = new("--json") { Description = "The result as one line of JSON." };

    public Option<double> TimeoutMinutes { get; } = Limits.NotNegative(
        "--timeout-minutes", 60.0, "Longest time for all of it.");

    public Option<int> DifferencesShown { get; } = Limits.NotNegative(
        "--differences-shown", 20, "Differences shown of all counted.");

    public Option<double> Duplicates { get; } = Limits.NotNegative(
        "--chaos-duplicates", _chaos.Duplicates, "Probability that a message is enqueued twice.");

    public Option<int> ReorderWindow { get; } = Limits.NotNegative(
        "--chaos-window", _chaos.ReorderWindow, "Messages are shuffled within windows of so many at most.");

    public Option<double> LockSeconds { get; } = Limits.NotNegative(
        "--chaos-lock-seconds", _chaos.LockDuration.TotalSeconds, "How long a message stays locked.");

    public Option<double> KillMinSeconds { get; } = Limits.NotNegative(
        "--chaos-kill-min", _chaos.KillAfterMin.TotalSeconds, "Seconds between ready and killed, at least.");

    public Option<double> KillMaxSeconds { get; } = Limits.NotNegative(
        "--chaos-kill-max", _chaos.KillAfterMax.TotalSeconds, "Seconds between ready and killed, at most.");

    public Option<double> CutSeconds { get; } = Limits.NotNegative(
        "--chaos-cut", _chaos.CutEvery.TotalSeconds, "Mean seconds between two cuts of all connections.");

    public Option<double> ChangesSeconds { get; } = Limits.NotNegative(
        "--chaos-seconds", _chaos.ChangesLast.TotalSeconds, "Seconds that the changes are spread over.");

    public IEnumerable<Option> All =>
    [
        Once, Changes, Chaos, Faults, Json, TimeoutMinutes, DifferencesShown, Duplicates, ReorderWindow, LockSeconds,
        KillMinSeconds, KillMaxSeconds, CutSeconds, ChangesSeconds,
    ];

    private static Option<string?> FaultSwitch()
    {
        var faults = new Option<string?>("--faults")
        {
            Description = $"What goes wrong with the environment, with commas between: all, {FaultSettings.Names}.",
        };
        faults.Validators.Add(static result =>
        {
            if (FaultSettings.TryRead(result.GetValueOrDefault<string?>(), out var fault) is null)
            {
                result.AddError(fault);
            }
        });
        return faults;
    }

    /// <summary>Reads them; the switches that both kinds of run have come from <paramref name="shared"/>.</summary>
    public OnceOptions Read(ParseResult parsed, SharedSwitches shared) => new()
    {
        Rows = parsed.GetValue(shared.Rows),
        Source = shared.Source.Read(parsed),
        Changes = parsed.GetValue(Changes),
        Seed = parsed.GetValue(shared.Seed),
        Chaos = parsed.GetValue(Chaos),
        Faults = FaultSettings.TryRead(parsed.GetValue(Faults), out _) ?? SandboxFaults.None,
        Json = parsed.GetValue(Json),
        Tables = parsed.GetValue(shared.Tables) ?? [],
        DataDirectory = parsed.GetValue(shared.DataDirectory),
        ChangesPerSecond = parsed.GetValue(shared.ChangesPerSecond) ?? 0,
        BacklogMax = parsed.GetValue(shared.BacklogMax) ?? 0,
        Timeout = TimeSpan.FromMinutes(parsed.GetValue(TimeoutMinutes)),
        DifferencesShown = parsed.GetValue(DifferencesShown),
        ChaosLimits = _chaos with
        {
            Duplicates = parsed.GetValue(Duplicates),
            ReorderWindow = parsed.GetValue(ReorderWindow),
            LockDuration = TimeSpan.FromSeconds(parsed.GetValue(LockSeconds)),
            KillAfterMin = TimeSpan.FromSeconds(parsed.GetValue(KillMinSeconds)),
            KillAfterMax = TimeSpan.FromSeconds(parsed.GetValue(KillMaxSeconds)),
            CutEvery = TimeSpan.FromSeconds(parsed.GetValue(CutSeconds)),
            ChangesLast = TimeSpan.FromSeconds(parsed.GetValue(ChangesSeconds)),
        },
    };
}

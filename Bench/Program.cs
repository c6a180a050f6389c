using System.Globalization;
using DataExport.Bench;
using DataExport.Bench.Amqp;
using DataExport.Bench.Change;
using DataExport.Bench.Decode;
using DataExport.Bench.Merge;
using DataExport.Bench.Reconcile;
using DataExport.Bench.Source;
using DataExport.Bench.Targets;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

(string Name, Func<Task> Run)[] benches =
[
    ("decode", DecodeBench.RunAsync),
    ("pages", PagesBench.RunAsync),
    ("initial", InitialBench.RunAsync),
    ("confirm", ConfirmBench.RunAsync),
    ("merge", MergeBench.RunAsync),
    ("merge", TargetBenches.MergeAsync),
    ("bulk", TargetBenches.BulkAsync),
    ("flat", TargetBenches.FlatAsync),
    ("grain", GrainBench.RunAsync),
    ("amqp", AmqpBench.RunAsync),
    ("change", ChangeBench.RunAsync),
    ("memory", MemoryBench.RunAsync),
    ("reconcile", ReconcileBench.RunAsync),
];

if (args is [NamespaceHost.Argument])
{
    // Not a bench: the other end of one, which it starts as a process of its own.
    await NamespaceHost.RunAsync();
    return 0;
}

// These take ten minutes each and more: they run when they are named, or with all.
string[] longOnes = ["flat", "memory", "confirm", "reconcile"];
var chosen = args is ["all"] ? benches
    : args.Length == 0 ? benches.Where(bench => !longOnes.Contains(bench.Name)).ToArray()
    : [.. benches.Where(bench => args.Contains(bench.Name))];
if (args is not ["all"] && args.Except(benches.Select(bench => bench.Name)).Any())
{
    await Console.Error.WriteLineAsync(
        $"./bench takes all, or any of: {string.Join(", ", benches.Select(bench => bench.Name).Distinct())}.");
    return 1;
}

foreach (var bench in chosen)
{
    await bench.Run();
}

return 0;

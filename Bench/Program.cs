using System.Globalization;
using DataExport.Bench;
using DataExport.Bench.Amqp;
using DataExport.Bench.Change;
using DataExport.Bench.Decode;
using DataExport.Bench.Merge;
using DataExport.Bench.Targets;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

(string Name, Func<Task> Run)[] benches =
[
    ("decode", DecodeBench.RunAsync),
    ("merge", MergeBench.RunAsync),
    ("merge", TargetBenches.MergeAsync),
    ("bulk", TargetBenches.BulkAsync),
    ("grain", GrainBench.RunAsync),
    ("amqp", AmqpBench.RunAsync),
    ("change", ChangeBench.RunAsync),
    ("memory", MemoryBench.RunAsync),
];

if (args is [NamespaceHost.Argument])
{
    // Not a bench: the other end of one, which it starts as a process of its own.
    await NamespaceHost.RunAsync();
    return 0;
}

// The memory bench takes ten minutes: it runs when it is named, or with all.
var chosen = args is ["all"] ? benches
    : args.Length == 0 ? benches.Where(bench => bench.Name != "memory").ToArray()
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

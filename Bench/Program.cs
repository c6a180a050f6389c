using DataExport.Bench;
using DataExport.Bench.Amqp;
using DataExport.Bench.Change;
using DataExport.Bench.Decode;
using DataExport.Bench.Merge;

(string Name, Func<Task> Run)[] benches =
[
    ("decode", DecodeBench.RunAsync),
    ("merge", MergeBench.RunAsync),
    ("grain", GrainBench.RunAsync),
    ("amqp", AmqpBench.RunAsync),
    ("change", ChangeBench.RunAsync),
    ("memory", MemoryBench.RunAsync),
];

// The memory bench takes minutes: it runs when it is named.
var chosen = args.Length == 0
    ? benches.Where(bench => bench.Name != "memory").ToArray()
    : [.. benches.Where(bench => args.Contains(bench.Name))];
if (chosen.Length < args.Length || args.Except(benches.Select(bench => bench.Name)).Any())
{
    await Console.Error.WriteLineAsync(
        $"./bench takes any of: {string.Join(", ", benches.Select(bench => bench.Name))}.");
    return 1;
}

foreach (var bench in chosen)
{
    await bench.Run();
}

return 0;

using System.Diagnostics;
using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;

namespace DataExport.Bench.Decode;

/// <summary>
/// How fast one core decodes. The ceiling is the bare <see cref="Utf8JsonReader"/> that steps over every token of the
/// same body and looks at none.
/// </summary>
internal static class DecodeBench
{
    private static readonly TimeSpan WarmUpFor = TimeSpan.FromSeconds(0.8);
    private static readonly TimeSpan MeasureFor = TimeSpan.FromSeconds(1);
    private static readonly TableDefinition Table = NotificationBodies.Table(columns: 60);

    /// <summary>Prints a JSON line for each body. Takes about seven seconds.</summary>
    public static Task RunAsync()
    {
        Measure("decode create, 60 columns", NotificationBodies.Body("Create", 60));
        Measure("decode update, 5 columns", NotificationBodies.Body("Update", 5));
        return Task.CompletedTask;
    }

    private static void Measure(string measure, byte[] body)
    {
        var decoder = new NotificationDecoder();
        var tables = new TableCatalog("bench", [Table]);
        var result = new DecodedNotification();
        var notification = new NotificationBody(body);
        var decode = Repeat(() =>
        {
            if (!decoder.TryDecode(notification, tables, result, out var fault) || result.Changes[0].Columns is null)
            {
                throw new InvalidOperationException($"The bench's body does not decode: {fault}");
            }
        });
        var walk = Repeat(() => WalkTokens(body));
        Print(measure, body.Length, decode, walk);
    }

    private static void WalkTokens(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
        }
    }

    /// <summary>
    /// Repeats an action on this thread: until the compiler has done its best with it, then to measure.
    /// </summary>
    private static Figures Repeat(Action action)
    {
        _ = RunFor(WarmUpFor, action);
        return RunFor(MeasureFor, action);
    }

    private static Figures RunFor(TimeSpan duration, Action action)
    {
        var latencies = new List<long>(4096);
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var items = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            var began = Stopwatch.GetTimestamp();
            for (var item = 0; item < 32; item++)
            {
                action();
            }

            latencies.Add((Stopwatch.GetTimestamp() - began) / 32);
            items += 32;
        }

        // By processor time, since a core is what is measured: the wall clock would count the neighbours in.
        var seconds = (Environment.CpuUsage.TotalTime - cpuBefore).TotalSeconds;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        latencies.Sort();
        return new Figures(
            items / seconds,
            Milliseconds(latencies[latencies.Count / 2]),
            Milliseconds(latencies[latencies.Count * 99 / 100]),
            allocated / (double)items);
    }

    private static double Milliseconds(long ticks) => ticks * 1_000.0 / Stopwatch.Frequency;

    private static void Print(string measure, int bodyBytes, Figures decode, Figures ceiling) =>
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            measure,
            engine = "json",
            perSecond = Math.Round(decode.PerSecond),
            ceilingPerSecond = Math.Round(ceiling.PerSecond),
            p50Ms = Math.Round(decode.P50Ms, 4),
            p99Ms = Math.Round(decode.P99Ms, 4),
            allocatedBytesPerItem = Math.Round(decode.AllocatedBytes),
            cpuMicrosecondsPerItem = Math.Round(1_000_000 / decode.PerSecond, 2),
            bodyBytes,
            megabytesPerSecond = Math.Round(decode.PerSecond * bodyBytes / 1_000_000),
        }));

    private readonly record struct Figures(double PerSecond, double P50Ms, double P99Ms, double AllocatedBytes);
}

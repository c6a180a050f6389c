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
    // Together, so that the runtime's compiler is done with all of it before the first figure is taken.
    private static readonly TimeSpan WarmUpFor = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan MeasureFor = TimeSpan.FromSeconds(0.8);
    private static readonly TableDefinition Table = NotificationBodies.Table(columns: 60);

    /// <summary>Prints a JSON line for each body. Takes about seven seconds.</summary>
    public static Task RunAsync()
    {
        var create = NotificationBodies.Body("Create", 60);
        var update = NotificationBodies.Body("Update", 5);
        var (decodeCreate, decodeUpdate) = (Decode(create), Decode(update));
        _ = RunFor(WarmUpFor, () =>
        {
            decodeCreate();
            decodeUpdate();
            WalkTokens(update);
        });
        Print("decode create, 60 columns", create, decodeCreate);
        Print("decode update, 5 columns", update, decodeUpdate);
        return Task.CompletedTask;
    }

    private static Action Decode(byte[] body)
    {
        var decoder = new NotificationDecoder();
        var tables = new TableCatalog("bench", [Table]);
        var result = new DecodedNotification();
        var notification = new NotificationBody(body);
        return () =>
        {
            if (!decoder.TryDecode(notification, tables, result, out var fault) || result.Changes[0].Columns is null)
            {
                throw new InvalidOperationException($"The bench's body does not decode: {fault}");
            }
        };
    }

    private static void WalkTokens(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
        }
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

    private static void Print(string measure, byte[] body, Action decodeBody)
    {
        var decode = RunFor(MeasureFor, decodeBody);
        var ceiling = RunFor(MeasureFor, () => WalkTokens(body));
        new Measure(measure, "json", decode.PerSecond)
        {
            CeilingPerSecond = ceiling.PerSecond,
            P50Ms = decode.P50Ms,
            P99Ms = decode.P99Ms,
            AllocatedBytesPerItem = decode.AllocatedBytes,
            CpuMicrosecondsPerItem = 1_000_000 / decode.PerSecond,
        }.Print(
            ("bodyBytes", body.Length),
            ("megabytesPerSecond", Math.Round(decode.PerSecond * body.Length / 1_000_000)));
    }

    private readonly record struct Figures(double PerSecond, double P50Ms, double P99Ms, double AllocatedBytes);
}

using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Xml;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;

namespace DataExport.Bench.Decode;

/// <summary>
/// How fast one core decodes the same two notifications in each format. The ceiling is .NET's own reader of the format,
/// which steps over every token of the body and looks at none.
/// </summary>
internal static class DecodeBench
{
    private const int Slices = 9;

    // Together, so that the runtime's compiler is done with all of it before the first figure is taken.
    private static readonly TimeSpan WarmUpFor = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan MeasureFor = TimeSpan.FromSeconds(0.8);
    private static readonly TableDefinition Table = NotificationBodies.Table(columns: 60);

    private static readonly XmlReaderSettings XmlSettings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        NameTable = new NameTable(),
        XmlResolver = null,
    };

    /// <summary>Prints a JSON line for each body and format. Takes about 20 seconds.</summary>
    public static Task RunAsync()
    {
        var create = Encoding.UTF8.GetString(NotificationBodies.Body("Create", 60));
        var update = Encoding.UTF8.GetString(NotificationBodies.Body("Update", 5));
        Run("json", Encoding.UTF8.GetBytes, WalkJson, create, update);
        Run("xml", NotificationForms.Xml, WalkXml, create, update);
        Run("msbin1", NotificationForms.BinaryXml, WalkBinaryXml, create, update);
        return Task.CompletedTask;
    }

    private static void Run(
        string format, Func<string, byte[]> write, Action<byte[]> walk, string createJson, string updateJson)
    {
        var (create, update) = (write(createJson), write(updateJson));
        var (decodeCreate, decodeUpdate) = (Decode(create), Decode(update));
        _ = RunFor(WarmUpFor, () =>
        {
            decodeCreate();
            decodeUpdate();
            walk(update);
        });
        Print("decode create, 60 columns", format, create, decodeCreate, walk);
        Print("decode update, 5 columns", format, update, decodeUpdate, walk);
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

    private static void WalkJson(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
        }
    }

    private static void WalkXml(byte[] body)
    {
        using var reader = XmlReader.Create(new MemoryStream(body), XmlSettings);
        while (reader.Read())
        {
        }
    }

    private static void WalkBinaryXml(byte[] body)
    {
        using var reader = XmlDictionaryReader.CreateBinaryReader(body, XmlDictionaryReaderQuotas.Max);
        while (reader.Read())
        {
        }
    }

    /// <summary>Measures in slices and takes the middle one: the neighbours on the machine come and go.</summary>
    private static Figures Measured(Action action)
    {
        var slices = new List<Figures>();
        for (var slice = 0; slice < Slices; slice++)
        {
            slices.Add(RunFor(MeasureFor / Slices, action));
        }

        slices.Sort(static (one, other) => one.PerSecond.CompareTo(other.PerSecond));
        return slices[Slices / 2];
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

    private static void Print(string measure, string format, byte[] body, Action decodeBody, Action<byte[]> walk)
    {
        var decode = Measured(decodeBody);
        var ceiling = Measured(() => walk(body));
        new Measure(measure, format, decode.PerSecond)
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

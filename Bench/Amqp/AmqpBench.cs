using System.Globalization;

namespace DataExport.Bench.Amqp;

/// <summary>
/// How fast messages of 2 KB come from the Sandbox's namespace, which is a process of its own: by our client, by
/// Microsoft's for JavaScript on the same queue in the same run, and by a loop that moves as many bytes.
/// </summary>
internal static class AmqpBench
{
    private const int Messages = 60_000;
    private const int JavaScriptMessages = 10_000;
    private const int WarmUpRounds = 4;
    private const int Rounds = 3;

    /// <summary>Prints a JSON line a measure. Takes half a minute.</summary>
    public static async Task RunAsync()
    {
        await using var host = LineProcess.Start(Environment.ProcessPath!, HostArguments());
        var words = (await host.ReadAsync()).Split(' ');
        await using var ours = new OurClient(words[0]);
        await using var theirs = await JavaScriptClient.StartAsync(words[0]);
        await FillAsync(host, 1);
        var messageBytes = await ours.MeasureMessageAsync();
        for (var round = 0; round < WarmUpRounds; round++)
        {
            await FillAsync(host, Messages / 2);
            await ours.ReceiveAsync(Messages / 2);
        }

        var way = await theirs.ChooseAsync(count => FillAsync(host, count), JavaScriptMessages / 4);
        var ceiling = await MeasureCeilingAsync(host, int.Parse(words[1], CultureInfo.InvariantCulture), messageBytes);

        // One after the other, again and again: what else the machine does meets both.
        var (measures, rates) = (new List<Measure>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            await FillAsync(host, Messages);
            measures.Add(await MeasureAsync(host, "amqp receive and complete", () => ours.ReceiveAsync(Messages)));
            await FillAsync(host, JavaScriptMessages);
            rates.Add(await theirs.ReceiveAsync(way, JavaScriptMessages));
        }

        await FillAsync(host, Messages);
        var released = await MeasureAsync(
            host, "amqp receive, release and complete", () => ours.ReceiveAsync(Messages, releases: true));
        Print(measures, rates, way, ceiling);
        (released with { CeilingPerSecond = ceiling }).Print();
        await ours.SendAsync(Messages / 2);
        await ours.ReceiveAsync(Messages / 2);
        (await MeasureAsync(host, "amqp send", () => ours.SendAsync(Messages))).Print();
        await ours.ReceiveAsync(Messages);
    }

    /// <summary>The bench itself, told to be the namespace: as a program of its own or by <c>dotnet</c>.</summary>
    private static string[] HostArguments() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [typeof(AmqpBench).Assembly.Location, NamespaceHost.Argument]
            : [NamespaceHost.Argument];

    private static async Task FillAsync(LineProcess host, int count) =>
        await host.AskAsync(string.Create(CultureInfo.InvariantCulture, $"fill {count}"));

    private static async Task<double> MeasureCeilingAsync(LineProcess host, int port, int messageBytes)
    {
        var rates = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var serving = host.AskAsync(
                string.Create(CultureInfo.InvariantCulture, $"raw {Messages * 4} {messageBytes}"));
            rates.Add(await RawLoop.ReceiveAsync(port, Messages * 4));
            await serving;
        }

        return rates.Max();
    }

    /// <summary>What this process alone allocates, and the processor time of both.</summary>
    private static async Task<Measure> MeasureAsync(LineProcess host, string name, Func<Task> run)
    {
        var cpuBefore = host.Cpu;
        var usage = Usage.Begin();
        await run();
        var measure = usage.Of(name, "amqp", Messages);
        var others = (host.Cpu - cpuBefore).TotalMicroseconds / Messages;
        return measure with { CpuMicrosecondsPerItem = measure.CpuMicrosecondsPerItem + others };
    }

    private static void Print(List<Measure> measures, List<double> rates, string way, double ceiling)
    {
        var ours = measures.OrderBy(measure => measure.PerSecond).ElementAt(Rounds / 2);
        var theirs = rates.Order().ElementAt(Rounds / 2);
        (ours with { CeilingPerSecond = ceiling }).Print(
            ("allocatedBytesAboveBody", ours.AllocatedBytesPerItem - BenchMessage.BodyBytes),
            ("timesJavaScript", ours.PerSecond / theirs));
        new Measure($"amqp receive and complete, {way}", "azure-service-bus-js", theirs)
        {
            CeilingPerSecond = ceiling,
        }.Print();
    }
}

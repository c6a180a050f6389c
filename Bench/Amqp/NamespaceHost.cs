using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DataExport.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Bench.Amqp;

/// <summary>
/// The Sandbox's namespace in a process of its own, so that every client faces the same thing and none of what it uses
/// counts as the client's. It takes orders on standard input, answers each with a line, and ends with that input.
/// </summary>
internal static class NamespaceHost
{
    /// <summary>The word that makes a bench process this.</summary>
    public const string Argument = "amqp-namespace";

    /// <summary>Prints the connection string and the port of the raw loop, then serves.</summary>
    public static async Task RunAsync()
    {
        await using var bus = new ServiceBusNamespace(
            new ServiceBusNamespaceOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        bus.CreateQueue(BenchMessage.Queue);
        bus.Start();
        using var raw = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        raw.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        raw.Listen();
        Answer($"{bus.ConnectionString} {((IPEndPoint)raw.LocalEndPoint!).Port}");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            switch (words[0])
            {
                case "fill":
                    Answer($"{Fill(bus, Number(words[1])):R}");
                    break;
                case "raw":
                    await RawLoop.ServeAsync(raw, Number(words[1]), Number(words[2]));
                    Answer("done");
                    break;
                default:
                    throw new InvalidOperationException($"Nobody knows the order '{line}'.");
            }
        }
    }

    /// <summary>Returns the seconds it took.</summary>
    private static double Fill(ServiceBusNamespace bus, int count)
    {
        var began = Stopwatch.GetTimestamp();
        for (var index = 0; index < count; index++)
        {
            bus.Enqueue(BenchMessage.Queue, BenchMessage.Enqueued);
        }

        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static void Answer(FormattableString text) =>
        Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Answer(string text) => Console.WriteLine(text);
}

using System.Diagnostics;
using System.Globalization;

namespace DataExport.Bench.Amqp;

/// <summary>Microsoft's client for JavaScript, in a process of its own; installed if need be.</summary>
internal sealed class JavaScriptClient : IAsyncDisposable
{
    /// <summary>
    /// What it can be told to do: handlers that run side by side, or batches that are completed side by side.
    /// </summary>
    private static readonly string[] _ways = ["subscribe 200", "subscribe 1000", "batch 200", "batch 1000"];

    private readonly LineProcess _process;

    private JavaScriptClient(LineProcess process) => _process = process;

    public static async Task<JavaScriptClient> StartAsync(string connectionString)
    {
        var root = FindRoot();
        var packages = Path.Combine(root, "tests", "ServiceBusJs");
        using var install = Process.Start(Path.Combine(root, ".ci", "need-npm"), packages);
        await install.WaitForExitAsync();
        if (install.ExitCode != 0)
        {
            throw new InvalidOperationException("Microsoft's client could not be installed, see above.");
        }

        var script = Path.Combine(root, "Bench", "Amqp", "receive.mjs");
        return new JavaScriptClient(
            LineProcess.Start("node", script, packages, connectionString, BenchMessage.Queue));
    }

    /// <summary>Messages a second, received and completed in that way.</summary>
    public async Task<double> ReceiveAsync(string way, int count)
    {
        var seconds = await _process.AskAsync(string.Create(CultureInfo.InvariantCulture, $"{way} {count}"));
        return count / double.Parse(seconds, CultureInfo.InvariantCulture);
    }

    /// <summary>The way that is the fastest on this machine. Every way is warm afterwards.</summary>
    public async Task<string> ChooseAsync(Func<int, Task> fill, int count)
    {
        var (fastest, most) = (_ways[0], 0.0);
        foreach (var way in _ways)
        {
            // Handlers take what there is, so there must be no more than is waited for.
            await fill(count);
            await ReceiveAsync(way, count);
            await fill(count);
            var rate = await ReceiveAsync(way, count);
            (fastest, most) = rate > most ? (way, rate) : (fastest, most);
        }

        return fastest;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "DataExport.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("No solution above the bench.");
    }
}

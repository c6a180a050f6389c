using System.Diagnostics;
using DataExport.Run.Hosting;

namespace DataExport.Run.Tests;

/// <summary><c>./run sandbox</c> in a process of its own.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private const string ConnectionLine = "NotificationConnection: ";
    private readonly Process _process;

    private SandboxProcess(Process process, string connection) => (_process, Connection) = (process, connection);

    /// <summary>To its first queue.</summary>
    public string Connection { get; }

    public static async Task<SandboxProcess> StartAsync(params string[] switches)
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "DataExport.Run.dll"), "sandbox", "--rows", "0" },
            RedirectStandardOutput = true,
        };
        foreach (var text in switches)
        {
            start.ArgumentList.Add(text);
        }

        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience.Limit) is { } line)
        {
            if (line.StartsWith(ConnectionLine, StringComparison.Ordinal))
            {
                return new SandboxProcess(process, line[ConnectionLine.Length..]);
            }
        }

        throw new InvalidOperationException("The Sandbox ended before it listened.");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}

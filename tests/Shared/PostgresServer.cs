using System.Diagnostics;

namespace DataExport.Tests;

/// <summary>
/// A PostgreSQL server of the test run, on a socket in a folder of its own. It ends with the process, however that
/// ends: its standard input does.
/// </summary>
public static class PostgresServer
{
    private const string Ready = "ready";

    /// <summary>A fault's limit, never a pace.</summary>
    private static readonly TimeSpan _stopPatience = TimeSpan.FromSeconds(30);

    /// <summary>Quick rather than safe, and quiet: what it writes is what a test made it write.</summary>
    private static readonly Lazy<Task<string>> _connection = new(() => StartAsync(
        "fsync=off", "wal_level=minimal", "max_wal_senders=0", "autovacuum=off", "max_connections=200"));

    /// <summary>A connection string of the tests' server, which is started when first asked for.</summary>
    public static Task<string> ConnectionAsync() => _connection.Value;

    /// <summary>Starts a server with some settings.</summary>
    public static async Task<string> StartAsync(params string[] settings)
    {
        await RunAsync(Start(".ci/need-postgres"));
        var folder = Directory.CreateTempSubdirectory("pg-").FullName;
        var options = settings.Append("log_min_messages=fatal").SelectMany(static setting => new[] { "-c", setting });
        var server = Start(".ci/run-postgres", [folder, .. options]);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.StandardInput.Close();
            _ = server.WaitForExit(_stopPatience);
            Directory.Delete(folder, recursive: true);
        };
        for (var line = ""; line != Ready;)
        {
            line = await server.StandardOutput.ReadLineAsync()
                ?? throw new InvalidOperationException($"PostgreSQL did not start: {server.StandardError.ReadToEnd()}");
        }

        server.ErrorDataReceived += static (_, _) => { };
        server.BeginErrorReadLine();
        return $"Host={folder};Username=postgres;Database=postgres;Timeout=30";
    }

    private static async Task RunAsync(Process process)
    {
        process.StandardInput.Close();
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"PostgreSQL could not be installed: {said}");
        }
    }

    private static Process Start(string script, params string[] arguments) => Process.Start(
        new ProcessStartInfo(Repository.File(script), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}

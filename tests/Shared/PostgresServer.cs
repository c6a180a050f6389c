using System.Diagnostics;

namespace DataExport.Tests;

/// <summary>
/// A PostgreSQL server of the test run, on a socket in a folder of its own. It ends with the process, however that ends:
/// its standard input does.
/// </summary>
public static class PostgresServer
{
    private const string Ready = "ready";

    private static readonly Lazy<Task<string>> _connection = new(StartAsync);

    /// <summary>A connection string of the server, which is started when first asked for.</summary>
    public static Task<string> ConnectionAsync() => _connection.Value;

    private static async Task<string> StartAsync()
    {
        await RunAsync(Start(".ci/need-postgres"));
        var folder = Directory.CreateTempSubdirectory("pg-").FullName;
        var server = Start(
            ".ci/run-postgres", folder, "-c", "fsync=off", "-c", "wal_level=minimal", "-c", "max_wal_senders=0",
            "-c", "autovacuum=off", "-c", "max_connections=200", "-c", "log_min_messages=fatal");
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.StandardInput.Close();
            _ = server.WaitForExit(Patience.Limit);
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
        new ProcessStartInfo(Path.Combine(Root(), script), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "DataExport.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests run outside of the project.");
        }

        return folder;
    }
}

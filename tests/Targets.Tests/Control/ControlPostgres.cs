using System.Diagnostics;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Control;

/// <summary>A PostgreSQL server for the tests of a collection. It ends with them, also when they are killed.</summary>
public sealed class ControlPostgres : IAsyncLifetime
{
    public const string Name = "control postgres";

    /// <summary>Covers an installation from the network. It is a fault's limit, never a pace.</summary>
    private static readonly TimeSpan _startPatience = TimeSpan.FromMinutes(8);

    // Short, for the path of a socket has at most 107 letters.
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "dx" + Guid.NewGuid().ToString("N")[..12]);
    private Process? _server;

    public string Connection => $"Host={_directory};Username=postgres;Database=postgres";

    public async Task InitializeAsync()
    {
        using (var installing = Start(".ci/need-postgres"))
        {
            installing.StandardInput.Close();
            await installing.WaitForExitAsync().WaitAsync(_startPatience);
            installing.ExitCode.ShouldBe(0);
        }

        _server = Start(".ci/run-postgres", _directory, "-c", "fsync=off");
        while (await _server.StandardOutput.ReadLineAsync().WaitAsync(_startPatience) is { } line)
        {
            if (line == "ready")
            {
                return;
            }
        }

        throw new InvalidOperationException("The PostgreSQL server ended before it was ready.");
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            _server.StandardInput.Close();
            await _server.WaitForExitAsync().WaitAsync(Patience.Limit);
            _server.Dispose();
        }

        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private static Process Start(string script, params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Repository.File(script), arguments)
            {
                WorkingDirectory = Repository.Root, RedirectStandardInput = true, RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _ = process.Start();

        // Read and dropped, or the server would stop at a full pipe.
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }
}

[CollectionDefinition(ControlPostgres.Name)]
public sealed class ControlPostgresGroup : ICollectionFixture<ControlPostgres>;

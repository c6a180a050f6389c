using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Sandbox.Tests;

/// <summary>
/// Runs tests/ServiceBusJs once: installs what it needs from npm if that is not there, starts a namespace with its
/// queues on a free port, runs node, and keeps what each test said.
/// </summary>
public sealed partial class JavaScriptSuite : IAsyncLifetime
{
    private static readonly TimeSpan _installTimeMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan _runTimeMax = TimeSpan.FromSeconds(90);
    private static readonly string _folder = Repository.File("tests", "ServiceBusJs");
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    private readonly Dictionary<string, JavaScriptResult> _results = [];

    /// <summary>All that node wrote, for a test that cannot be told otherwise.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What was run, by name.</summary>
    internal IReadOnlyDictionary<string, JavaScriptResult> Results => _results;

    /// <summary>The names of all tests, as they stand in the files.</summary>
    public static IEnumerable<string> Names() => Directory.EnumerateFiles(_folder, "*.test.mjs")
        .Order(StringComparer.Ordinal)
        .SelectMany(file => TestName().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups[1].Value);

    public async Task InitializeAsync()
    {
        await InstallAsync();
        await using var bus = new ServiceBusNamespace(
            new ServiceBusNamespaceOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        CreateQueues(bus);
        bus.Start();
        Output = await RunAsync(
            ["node", "--test", "--test-concurrency=3", "--test-reporter=./reporter.mjs"],
            new() { ["SERVICEBUS_CONNECTION"] = bus.ConnectionString },
            _runTimeMax);
        foreach (var line in Output.Split('\n').Where(line => line.StartsWith('{')))
        {
            var result = JsonSerializer.Deserialize<JavaScriptResult>(line, _json)!;
            _results[result.Name] = result;
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static void CreateQueues(ServiceBusNamespace bus)
    {
        bus.CreateQueue("messages");
        bus.CreateQueue("management");
        bus.CreateQueue("crowd");
        bus.CreateQueue("failing", new SandboxQueueOptions { DeliveryCountMax = 3 });
        bus.CreateQueue("brief", new SandboxQueueOptions { LockDuration = TimeSpan.FromSeconds(2) });
        bus.CreateQueue("expiring", new SandboxQueueOptions { DeadLettersExpired = true });
        bus.CreateQueue("sessions", new SandboxQueueOptions { RequiresSessions = true });
        bus.CreateQueue(
            "brief-sessions",
            new SandboxQueueOptions { RequiresSessions = true, LockDuration = TimeSpan.FromSeconds(2) });
    }

    /// <summary>npm leaves a lock file of its own behind when all of an installation is there.</summary>
    private static async Task InstallAsync()
    {
        var installed = new FileInfo(Path.Combine(_folder, "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(_folder, "package-lock.json"));
        if (!installed.Exists || installed.LastWriteTimeUtc < wanted.LastWriteTimeUtc)
        {
            await RunAsync(["npm", "ci", "--no-audit", "--no-fund"], [], _installTimeMax);
            File.Exists(installed.FullName).ShouldBeTrue("npm ci did not install what tests/ServiceBusJs needs");
        }
    }

    private static async Task<string> RunAsync(
        string[] command, Dictionary<string, string> environment, TimeSpan timeMax)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(timeMax);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        return await output + await errors;
    }

    [GeneratedRegex(@"^test\(""([^""]+)""", RegexOptions.Multiline)]
    private static partial Regex TestName();
}

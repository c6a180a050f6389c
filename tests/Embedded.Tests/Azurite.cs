using System.Diagnostics;
using System.Security.Cryptography;
using Azure.Storage;
using Azure.Storage.Blobs;

namespace DataExport.Embedded.Tests;

/// <summary>Azure Blob storage in a process of its own on loopback, in memory. It ends with the test.</summary>
public sealed class Azurite : IAsyncDisposable
{
    private const string Account = "testaccount";
    private static readonly TimeSpan s_installPatience = TimeSpan.FromMinutes(8);

    private readonly Process _process;

    private Azurite(Process process, BlobServiceClient client)
    {
        _process = process;
        Client = client;
    }

    public BlobServiceClient Client { get; }

    /// <summary>Installs it from npm where that was not done yet, and starts it on a free port.</summary>
    public static async Task<Azurite> StartAsync()
    {
        var folder = Repository.File("tests", "Azurite");
        await InstallAsync(folder);
        var port = Loopback.FreePort();
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["AZURITE_ACCOUNTS"] = $"{Account}:{key}" },
        };
        string[] arguments =
        [
            Path.Combine(folder, "node_modules", "azurite", "dist", "src", "blob", "main.js"), "--inMemoryPersistence",
            "--blobHost", "127.0.0.1", "--blobPort", $"{port}", "--skipApiVersionCheck", "--disableTelemetry",
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var process = Process.Start(start)!;
        await WaitUntilItListensAsync(process);
        var credential = new StorageSharedKeyCredential(Account, key);
        return new Azurite(
            process, new BlobServiceClient(new Uri($"http://127.0.0.1:{port}/{Account}"), credential));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task InstallAsync(string folder)
    {
        var script = Repository.File(".ci", "need-npm");
        using var install = Process.Start(new ProcessStartInfo(script, [folder]))!;
        await install.WaitForExitAsync().WaitAsync(s_installPatience);
        install.ExitCode.ShouldBe(0, $"{script} has failed");
    }

    private static async Task WaitUntilItListensAsync(Process process)
    {
        // It tells each request on a line: they must be read to the end, or it stops at a full pipe.
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string?>();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("successfully listens", StringComparison.Ordinal) == true)
            {
                listens.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, line) => said.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Task.WhenAny(listens.Task, process.WaitForExitAsync()).WaitAsync(Patience.Limit);
        listens.Task.IsCompleted.ShouldBeTrue($"Azurite has ended: {string.Join(' ', said)}");
    }
}

/// <summary>A silo whose grains keep their state in blobs. All tests of a class share it.</summary>
public sealed class BlobCluster : IAsyncLifetime
{
    public const string KeepsBlobs = "keeps";

    private Azurite? _azurite;
    private GrainCluster? _cluster;

    public BlobServiceClient Client => _azurite!.Client;

    public IGrainFactory Grains => _cluster!.Grains;

    public IServiceProvider Services => _cluster!.Services;

    public async Task InitializeAsync()
    {
        _azurite = await Azurite.StartAsync();
        _cluster = await GrainCluster.StartAsync(silo =>
        {
            silo.AddAzureBlobGrainStorage(GrainCluster.Storage, options => options.BlobServiceClient = Client);
            silo.AddAzureBlobGrainStorage(KeepsBlobs, options =>
            {
                options.BlobServiceClient = Client;
                options.ContainerName = "kept";
                options.DeleteStateOnClear = false;
            });
        });
    }

    public async Task DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        await _azurite!.DisposeAsync();
    }
}

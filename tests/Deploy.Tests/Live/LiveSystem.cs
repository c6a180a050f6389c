using System.Collections.Immutable;
using System.Text.RegularExpressions;
using DataExport.Api;
using DataExport.Client;
using DataExport.Deploy.Tests.Tools;

namespace DataExport.Deploy.Tests.Live;

/// <summary>
/// A Sandbox that changes all the time, a silo that replicates it, and a Prometheus that scrapes the silo: each a
/// process of its own, on loopback.
/// </summary>
public sealed partial class LiveSystem : IAsyncLifetime
{
    private const string Key = "the-key-of-the-live-system";
    private const string MetricsKey = "the-key-of-its-scraper";

    private readonly string _directory = Directory.CreateTempSubdirectory("dataexport-live").FullName;
    private readonly List<RunningProgram> _programs = [];

    internal PrometheusApi Prometheus { get; private set; } = null!;

    internal DataExportClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await ToolRun.RequireAsync("need-prometheus");
        string[] sandboxOfChanges = ["sandbox", "--rows", "500", "--changes-per-second", "80"];
        var sandbox = Start(RunningProgram.StartOwn(
            "DataExport.Run", new Dictionary<string, string>(), sandboxOfChanges));
        var silo = await StartSiloAsync();
        await StartPrometheusAsync(silo);
        await ExportAsync(sandbox);
    }

    public async Task DisposeAsync()
    {
        Client?.Dispose();
        Prometheus?.Dispose();
        _programs.Reverse();
        foreach (var program in _programs)
        {
            await program.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private RunningProgram Start(RunningProgram program)
    {
        _programs.Add(program);
        return program;
    }

    private async Task<Uri> StartSiloAsync()
    {
        var address = new Uri($"http://127.0.0.1:{Loopback.FreePort()}");
        var silo = Start(RunningProgram.StartOwn("DataExport.Silo", new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["DataExport__Api__Key"] = Key,
            ["DataExport__Api__MetricsKey"] = MetricsKey,
            ["DataExport__Silo__DataDirectory"] = Path.Combine(_directory, "silo"),
            ["DataExport__Silo__StopsWithStandardInput"] = "true",
            ["DataExport__TableSync__DeltaInterval"] = "00:00:03",
            ["Logging__LogLevel__Default"] = "Warning",
        }));
        Client = new DataExportClient(address, Key);
        _ = await Poll.ForAsync(async () => await Client.IsReadyAsync() ? "" : null, () => $"No silo: {silo.Said}");
        return address;
    }

    private async Task StartPrometheusAsync(Uri silo)
    {
        var keyFile = Path.Combine(_directory, "key");
        await File.WriteAllTextAsync(keyFile, MetricsKey);
        var configuration = Path.Combine(_directory, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, $$"""
            global: { scrape_interval: 1s, evaluation_interval: 1s }
            rule_files: [ '{{Repository.File("deploy", "prometheus", "dataexport.rules.yml")}}' ]
            scrape_configs:
              - job_name: dataexport
                authorization: { type: Bearer, credentials_file: '{{keyFile}}' }
                static_configs: [ { targets: [ '{{silo.Authority}}' ] } ]
            """);
        var address = new Uri($"http://127.0.0.1:{Loopback.FreePort()}");
        var prometheus = Start(RunningProgram.Start(
            "prometheus",
            new Dictionary<string, string>(),
            $"--config.file={configuration}",
            $"--storage.tsdb.path={Path.Combine(_directory, "tsdb")}",
            $"--web.listen-address={address.Authority}",
            "--log.level=warn"));
        Prometheus = new PrometheusApi(address);
        _ = await Poll.ForAsync(
            async () => await Prometheus.IsReadyAsync() ? "" : null, () => $"No Prometheus: {prometheus.Said}");
    }

    private async Task ExportAsync(RunningProgram sandbox)
    {
        var (source, notifications) = await AddressesOfAsync(sandbox);
        var profile = await Client.CreateProfileAsync(new ExportProfile
        {
            Name = "live",
            Entities = [new ProfileEntity("account"), new ProfileEntity("contact"), new ProfileEntity("task")],
            DestinationType = "sqlite",
            DestinationConnection = $"Data Source={Path.Combine(_directory, "live.db")}",
            DestinationPrefix = "crm",
            SourceUrl = source,
            NotificationConnection = notifications,
            Relationships = ImmutableArray<string>.Empty,
        });
        _ = await Client.ActivateAsync(profile.Id!);
        _ = await Client.WaitForStatusAsync(
            profile.Id!,
            ProfileStatus.DeltaSync,
            new WaitOptions { Interval = TimeSpan.FromMilliseconds(200), Timeout = TimeSpan.FromMinutes(1) });
    }

    private static async Task<(string Source, string Notifications)> AddressesOfAsync(RunningProgram sandbox)
    {
        var match = await Poll.ForAsync(
            () => Task.FromResult(Addresses().Match(sandbox.Said) is { Success: true } said ? said : null),
            () => $"No Sandbox: {sandbox.Said}");
        return (match.Groups[1].Value, match.Groups[2].Value);
    }

    [GeneratedRegex(@"^SourceUrl: (\S+)\r?\nNotificationConnection: (\S+)\r?\n", RegexOptions.Multiline)]
    private static partial Regex Addresses();
}

/// <summary>The tests that share one live system.</summary>
[CollectionDefinition(Name)]
public sealed class LiveSystemCollection : ICollectionFixture<LiveSystem>
{
    public const string Name = "live system";
}

using DataExport.Dataverse.WebApi;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Sandbox;
using DataExport.Targets.Tests.Contract;
using DataExport.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Targets.Tests.Exports;

/// <summary>A Sandbox made of the real exports, and the environment as a silo reads it.</summary>
internal sealed class ExportedSource : IAsyncDisposable
{
    private const long Rows = 1_200;

    private readonly DataverseHost _host;
    private readonly ServiceProvider _services;

    private ExportedSource()
    {
        var model = SandboxModel.FromMetadata(SampleFolder.Find("metadata")!, seed: 5);
        Sandbox = new DataverseSandbox(new DataverseSandboxOptions { Model = model }, new FakeClock());
        Sandbox.Seed(Rows);
        _host = new DataverseHost(Sandbox, new DataverseHostOptions());
        var settings = new Dictionary<string, string?> { ["DataExport:Source:PageRowsMax"] = "100" };
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .AddSingleton<ISourceBudgets>(new OpenBudgets())
            .AddDataverseSource()
            .BuildServiceProvider();
    }

    public DataverseSandbox Sandbox { get; }

    public ISourceEnvironment Environment { get; private set; } = null!;

    public static async Task<ExportedSource> StartAsync()
    {
        var source = new ExportedSource();
        await source._host.StartAsync();
        source.Environment = source._services.GetRequiredService<ISourceEnvironmentFactory>().Open(
            new ExportProfile { SourceUrl = source._host.EnvironmentAddress.AbsoluteUri });
        return source;
    }

    /// <summary>Provisions a target with the tables of the exports and loads all rows, page by page.</summary>
    public async Task ExportToAsync(TestTarget test)
    {
        var names = ExportedTable.ReadAll().Select(static table => table.Name).ToList();
        var tables = await Environment.ReadTablesAsync(names, [], default);
        await test.RestartAsync([.. tables]);
        foreach (var table in tables)
        {
            for (string? link = null, end = null; end is null;)
            {
                var began = await test.Target.GetUtcNowAsync(default);
                var page = await Environment.ReadPageAsync(table, link, PageKind.Rows, default);
                var items = page.Rows.Select(row => new MergeItem(
                    table.Name, row.RecordId, new(EvidenceKind.ReadUpsert, began, row.Version), row.Columns));
                (await test.Target.MergeAsync([.. items], default))
                    .ShouldAllBe(static result => result.Status == ApplyStatus.Applied);
                (link, end) = (page.NextLink, page.DeltaLink);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Environment.DisposeAsync();
        await _services.DisposeAsync();
        await _host.DisposeAsync();
    }
}

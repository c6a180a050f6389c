using DataExport.Dataverse.WebApi;
using DataExport.Grains.Ports;
using DataExport.Sandbox;
using DataExport.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Bench.Source;

/// <summary>An environment on loopback, the product's client of it, and its pages as they come over the wire.</summary>
internal sealed class SandboxPages : IAsyncDisposable
{
    private readonly DataverseHost _host;
    private readonly HttpClient _http = new();
    private readonly ServiceProvider _services;

    private SandboxPages(DataverseHost host)
    {
        _host = host;
        _services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
            .AddSingleton<ISourceBudgets, OpenBudgets>()
            .AddDataverseSource()
            .BuildServiceProvider();
        Source = _services.GetRequiredService<ISourceEnvironmentFactory>().Open(
            new ExportProfile { SourceUrl = host.EnvironmentAddress.AbsoluteUri });
    }

    /// <summary>The product's client.</summary>
    public ISourceEnvironment Source { get; }

    /// <summary>Starts an environment whose tables have at least so many rows each.</summary>
    public static async Task<SandboxPages> StartAsync(int rowsPerTable)
    {
        var sandbox = new DataverseSandbox(new DataverseSandboxOptions { Seed = 5 }, TimeProvider.System);
        foreach (var name in (string[])["account", "contact"])
        {
            for (var row = sandbox.Count(sandbox.Table(name)); row < rowsPerTable; row++)
            {
                _ = sandbox.CreateSilently(sandbox.Table(name));
            }
        }

        var host = new DataverseHost(sandbox, new DataverseHostOptions());
        await host.StartAsync();
        return new SandboxPages(host);
    }

    /// <summary>A table's definition and the texts of its first pages of 5,000 rows with all columns.</summary>
    public async Task<(TableDefinition Table, List<byte[]> Pages)> ReadAsync(string table, int pages)
    {
        var definition = (await Source.ReadTablesAsync([table], [], CancellationToken.None))[0];
        var shape = new RowShape(definition);
        var texts = new List<byte[]>();
        var next = new Uri(_host.BaseAddress, $"{definition.EntitySetName}?$select={shape.SelectAll}");
        for (var page = 0; page < pages; page++)
        {
            texts.Add(await GetAsync(next));
            var reader = new PageReader(shape, idsOnly: true);
            reader.Read(texts[^1]);
            next = reader.Page.NextLink is { } link ? new Uri(link) : next;
        }

        return (definition, texts);
    }

    private async Task<byte[]> GetAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Prefer", $"odata.track-changes,{WebApiClient.LookupAnnotations}");
        using var response = await _http.SendAsync(request);
        _ = response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Source.DisposeAsync();
        await _services.DisposeAsync();
        await _host.DisposeAsync();
    }
}

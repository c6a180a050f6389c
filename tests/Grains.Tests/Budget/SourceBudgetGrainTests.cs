using DataExport.Grains.Budget;
using DataExport.Grains.Ports;
using DataExport.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Tests.Budget;

/// <summary>The budget as the source's client meets it: through the port, held by a grain.</summary>
public sealed class SourceBudgetGrainTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dataexport-budget").FullName;
    private readonly FakeClock _clock = new();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task TakeAsync_AfterRestartInsideRetryAfter_StaysQuiet()
    {
        using (var before = await StartAsync())
        {
            var budget = BudgetOf(before);
            var lease = await budget.TakeAsync(SourceWork.Fetch, default);
            await budget.GiveBackAsync(lease, new SourceUse(TimeSpan.Zero, RetryAfter: TimeSpan.FromSeconds(30)));
            await before.StopAsync();
        }

        _clock.Advance(TimeSpan.FromSeconds(10));
        using var after = await StartAsync();
        var refused = await Should.ThrowAsync<SourceException>(
            async () => await BudgetOf(after).TakeAsync(SourceWork.Fetch, default));

        refused.Fault.ShouldBe(SourceFault.Throttled);
        refused.RetryAfter.ShouldBe(TimeSpan.FromSeconds(20));
        (await OtherOf(after).TakeAsync(SourceWork.Fetch, default)).ShouldBeGreaterThan(0, "another environment");
        await after.StopAsync();
    }

    [Fact]
    public async Task TakeAsync_LimitMet_WaitsUntilAPlaceIsFree()
    {
        using var host = await StartAsync();
        var budget = BudgetOf(host);
        var leases = new List<long>();
        for (var index = 0; index < 4; index++)
        {
            leases.Add(await budget.TakeAsync(SourceWork.Fetch, default));
        }

        var waiting = budget.TakeAsync(SourceWork.Fetch, default).AsTask();
        await _clock.ArmedAsync(TimeSpan.FromMilliseconds(20));
        waiting.IsCompleted.ShouldBeFalse("four at once are the most before the first answer");
        await budget.GiveBackAsync(leases[0], default);
        _clock.Advance(TimeSpan.FromMilliseconds(20));

        (await waiting.WaitAsync(Patience.Limit)).ShouldBeGreaterThan(leases[^1]);
        await host.StopAsync();
    }

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(_clock).AddDataExportGrains();
        builder.UseOrleans(silo => silo.UseLoneCluster().AddFileGrainStorage(
            Profiles.ProfileNames.Storage, options => options.Directory = _directory));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static ISourceBudget BudgetOf(IHost host) =>
        host.Services.GetRequiredService<ISourceBudgets>().For("org.example.com");

    private static ISourceBudget OtherOf(IHost host) =>
        host.Services.GetRequiredService<ISourceBudgets>().For("other.example.com");
}

using System.Collections.Immutable;
using System.Threading.Channels;
using DataExport.Grains.Confirming;
using DataExport.Grains.Ports;
using DataExport.Grains.Tests.Model;
using DataExport.Grains.Tests.Sets;
using DataExport.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Tests.Confirming;

/// <summary>A silo with the grain that confirms, on a clock that a test moves.</summary>
internal sealed class ConfirmHost : IProfileRuntimes, IAsyncDisposable
{
    /// <summary>Unlike every interval of the runtime, so that the clock can tell the waits apart.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromMilliseconds(1_234);

    public const int BusyRounds = 5;

    private readonly Channel<int> _rounds = Channel.CreateUnbounded<int>();
    private readonly IHost _host;
    private int _roundsBegun;

    private ConfirmHost()
    {
        Runtime = new SetTarget(new ModelClock()) { Environment = Source };
        Runtime.Counted = () => _rounds.Writer.TryWrite(Interlocked.Increment(ref _roundsBegun));
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<TimeProvider>(new RoundClock(Clock, Round))
            .AddSingleton<IProfileRuntimes>(this)
            .AddDataExportGrains()
            .Configure<ConfirmOptions>(static options =>
                (options.RoundInterval, options.BusyRoundInterval) = (Round, Round * BusyRounds));
        builder.UseOrleans(silo => silo.UseLoneCluster().AddMemoryGrainStorage(Profiles.ProfileNames.Storage));
        _host = builder.Build();
    }

    public FakeClock Clock { get; } = new();

    public HugeSets Source { get; } = new();

    public SetTarget Runtime { get; }

    public int RoundsBegun => Volatile.Read(ref _roundsBegun);

    public IConfirmGrain Grain => _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IConfirmGrain>("sales");

    public static async Task<ConfirmHost> StartAsync()
    {
        var test = new ConfirmHost();
        await test.Runtime.OpenAsync();
        await test._host.StartAsync();
        return test;
    }

    /// <summary>Ends when the next round begins.</summary>
    public async Task RoundAsync() => _ = await _rounds.Reader.ReadAsync().AsTask().WaitAsync(Patience.Limit);

    /// <summary>Waits until the grain waits, and lets a round's interval pass.</summary>
    public async Task PassAsync()
    {
        await Clock.ArmedAsync(Round);
        Clock.Advance(Round);
    }

    public ValueTask<IProfileRuntime> GetAsync(string profileId, CancellationToken cancellationToken) => new(Runtime);

    public Task<IProfileRuntime> OpenAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> tables, CancellationToken cancellationToken) =>
        Task.FromResult<IProfileRuntime>(Runtime);

    public Task CloseAsync(string profileId) => Task.CompletedTask;

    public Task StopWaitingAsync(string profileId) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Runtime.DisposeAsync();
        await Source.DisposeAsync();
    }
}

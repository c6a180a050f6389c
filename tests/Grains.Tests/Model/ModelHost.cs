using System.Collections.Immutable;
using DataExport.Grains.Ports;
using DataExport.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Tests.Model;

/// <summary>A silo with the real grains, over a real target and a writer that can be held.</summary>
internal sealed class ModelHost : IAsyncDisposable
{
    private readonly IHost _host;

    private ModelHost(IHost host, ModelTarget target, ModelClock clock, Runtime runtime) =>
        (_host, Target, Clock, Profile) = (host, target, clock, runtime);

    public ModelTarget Target { get; }

    public ModelClock Clock { get; }

    public IProfileRuntime Profile { get; }

    public GatedWriter Writer => (GatedWriter)Profile.Writer;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<ModelHost> StartAsync(Func<ModelClock, ModelTarget> targetOf)
    {
        var clock = new ModelClock();
        var target = targetOf(clock);
        try
        {
            await target.OpenAsync();
            return await StartAsync(clock, target);
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    private static async Task<ModelHost> StartAsync(ModelClock clock, ModelTarget target)
    {
        var runtime = new Runtime(target.Target);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IProfileRuntimes>(runtime)
            .AddSingleton<ISourceEnvironmentFactory>(runtime)
            .AddDataExportGrains();
        builder.UseOrleans(silo => silo.UseLoneCluster().AddMemoryGrainStorage(Profiles.ProfileNames.Storage));
        var host = builder.Build();
        await host.StartAsync();
        return new ModelHost(host, target, clock, runtime);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _host.StopAsync();
            _host.Dispose();
        }
        finally
        {
            await Target.DisposeAsync();
        }
    }

    /// <summary>The runtime of whatever profile is asked for: all write into the one target.</summary>
    private sealed class Runtime(ITarget target)
        : IProfileRuntime, IProfileRuntimes, ISourceEnvironmentFactory, IFailedRecordLog
    {
        public ExportProfile Profile { get; } = new() { RetryPolicy = new ProfileRetryPolicy(0, 0) };

        public IReadOnlyDictionary<string, TableDefinition> Tables { get; } =
            new Dictionary<string, TableDefinition> { [ModelTarget.Table] = ModelTarget.Definition };

        public ITarget Target => target;

        public ISourceEnvironment Source => throw new NotSupportedException("The schedule plays the source.");

        public IChangeWriter Writer { get; } = new GatedWriter(target);

        public IFailedRecordLog FailedRecords => this;

        public bool IsBusy => false;

        public long Count => 0;

        public ValueTask<IProfileRuntime> GetAsync(string profileId, CancellationToken cancellationToken) => new(this);

        public Task<IProfileRuntime> OpenAsync(
            ExportProfile profile, ImmutableArray<TableDefinition> tables, CancellationToken cancellationToken) =>
            Task.FromResult<IProfileRuntime>(this);

        public Task CloseAsync(string profileId) => Task.CompletedTask;

        public Task StopWaitingAsync(string profileId) => Task.CompletedTask;

        public void PendingCounted(
            IReadOnlyDictionary<string, long> byTable, IReadOnlyDictionary<string, DateTime> oldestByTable)
        {
        }

        public void TableTold(string table, TableSyncState? state)
        {
        }

        public ISourceEnvironment Open(ExportProfile profile) => Source;

        public Task AppendAsync(RecordKey key, ChangeKind? kind, string reason, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"The target rejected {key}: {reason}");
    }
}

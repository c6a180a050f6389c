using System.Collections.Immutable;
using DataExport.Dataverse.Notifications;
using DataExport.Grains;
using DataExport.Grains.Ports;
using DataExport.Grains.Profiles;
using DataExport.Sandbox;
using DataExport.ServiceBus;
using DataExport.Silo.Hosting;
using DataExport.Silo.Pulling;
using DataExport.Silo.Telemetry;
using DataExport.Silo.Tests.Writing;
using DataExport.Silo.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Silo.Tests.Pulling;

/// <summary>The path from a queue to a target in memory: real bus, real agent, real grains, real writer.</summary>
internal sealed class PathFixture : IProfileRuntimes, ISourceEnvironmentFactory, IFailedRecordLog, IAsyncDisposable
{
    public const string Queue = "changes";

    private readonly PathInstruments _path = new(TimeProvider.System);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IHost _host;
    private readonly ServiceBusClient _client;
    private readonly BatchWriter _writer;
    private readonly ProfileRuntime _runtime;
    private Task _running = Task.CompletedTask;

    public PathFixture(PullingAgentOptions? options = null)
    {
        Bus = new ServiceBusNamespace(
            new ServiceBusNamespaceOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        Bus.CreateQueue(Queue);
        Bus.Start();
        _host = BuildHost();
        _client = new ServiceBusClient(
            Bus.ConnectionString, new ServiceBusClientOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        _writer = new BatchWriter(
            Target,
            new BatchWriterOptions
            {
                RetryDelay = TimeSpan.FromMilliseconds(1), RetryDelayMax = TimeSpan.FromMilliseconds(2),
            },
            _path.For("p"),
            TimeProvider.System,
            NullLogger<BatchWriter>.Instance);
        var profile = new ExportProfile
        {
            Id = "p",
            Name = "sales",
            OrganizationId = Messages.Organization,
            RetryPolicy = new ProfileRetryPolicy(0, 0),
        };
        _runtime = new ProfileRuntime(
            new ProfileRoute(profile, [Messages.Account]), Target, new NoSource(), _writer, this, _path.For("p"));
        Options = options ?? new PullingAgentOptions();
    }

    public ServiceBusNamespace Bus { get; }

    public FakeTarget Target { get; } = new();

    public PullingAgentOptions Options { get; }

    public List<string> Failed { get; } = [];

    public PathInstruments Instruments => _path;

    /// <summary>What the agent has logged.</summary>
    public RecordingLogger<NotificationPullingAgent> Log { get; } = new();

    public long Count => Failed.Count;

    /// <summary>
    /// Ends when the condition holds. The bus works on other threads and tells nobody when it is done.
    /// </summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(deadline) > Patience.Limit)
            {
                throw new TimeoutException($"It did not come true that {what}.");
            }

            await Task.Yield();
        }
    }

    public async Task StartAsync()
    {
        await _host.StartAsync();
        _writer.Start();
        var agent = new NotificationPullingAgent(
            _client.CreateReceiver(Queue),
            _runtime,
            _host.Services.GetRequiredService<IGrainFactory>(),
            Options,
            TimeProvider.System,
            Log);
        _running = Task.Run(() => agent.RunAsync(_stopping.Token));
    }

    public void Post(byte[] body, string contentType = "application/json") =>
        Bus.Enqueue(Queue, new SandboxMessage(body, contentType));

    public void PostTruncated(byte[] body) => Bus.Enqueue(
        Queue, new SandboxMessage(body, "application/json", [new(NotificationBody.TruncatedPropertyName, true)]));

    /// <summary>Stops the agent; ends when what was in flight has ended.</summary>
    public async Task StopAgentAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public ValueTask<IProfileRuntime> GetAsync(string profileId, CancellationToken cancellationToken) => new(_runtime);

    public Task<IProfileRuntime> OpenAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> tables, CancellationToken cancellationToken) =>
        Task.FromResult<IProfileRuntime>(_runtime);

    public Task CloseAsync(string profileId) => Task.CompletedTask;

    public Task StopWaitingAsync(string profileId) => Task.CompletedTask;

    public ISourceEnvironment Open(ExportProfile profile) => new NoSource();

    public Task AppendAsync(RecordKey key, ChangeKind? kind, string reason, CancellationToken cancellationToken)
    {
        lock (Failed)
        {
            Failed.Add($"{key.Table}/{key.RecordId}: {reason}");
        }

        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        Target.Outages = 0;
        Target.Hold?.TrySetResult();
        await StopAgentAsync();
        await _client.DisposeAsync();
        await _writer.DisposeAsync();
        await _host.StopAsync();
        _host.Dispose();
        await Bus.DisposeAsync();
        _stopping.Dispose();
        _path.Dispose();
    }

    private IHost BuildHost()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IProfileRuntimes>(this)
            .AddSingleton<ISourceEnvironmentFactory>(this)
            .AddDataExportGrains();
        builder.UseOrleans(silo => silo.UseLoneCluster().AddMemoryGrainStorage(ProfileNames.Storage));
        return builder.Build();
    }

    private sealed class NoSource : ISourceEnvironment
    {
        public Task<Guid> GetOrganizationIdAsync(CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<ImmutableArray<TableDefinition>> ReadTablesAsync(
            IReadOnlyList<string>? tables, IReadOnlyList<string> relationships, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<string?> GetMetadataVersionAsync(TableDefinition table, CancellationToken cancellationToken) =>
            Task.FromResult<string?>(null);

        public Task<SourcePage> ReadPageAsync(
            TableDefinition table, string? link, PageKind kind, RowSink? sink, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<SourcePage> ReadRangeAsync(
            TableDefinition table,
            CreationRange range,
            string? link,
            RowSink? sink,
            CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<FetchedTable>> FetchAsync(
            IReadOnlyList<FetchRequest> requests, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

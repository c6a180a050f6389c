using System.Collections.Immutable;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Grains.Records;
using DataExport.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Tests.Records;

/// <summary>
/// Whether a grain is still there shows in what it remembers: only a new activation writes a change a second time.
/// </summary>
public sealed class IdleRecordsTests
{
    [Fact]
    public async Task Add_MoreThanStayMax_SendsTheOldestAwayAndNoOther()
    {
        await using var records = await Records.StartAsync(stayMax: 2);
        var changes = Enumerable.Range(0, 3).Select(static _ => NewChange(Guid.NewGuid())).ToArray();
        foreach (var change in changes)
        {
            (await records.ApplyAsync(change)).Status.ShouldBe(ApplyStatus.Applied);
        }

        await records.ShouldStayAsync(changes[1]);
        await records.ShouldStayAsync(changes[2]);
        await records.AwayAsync(changes[0]);
    }

    [Fact]
    public async Task Add_OldestWasUsedAgain_StaysAndWorks()
    {
        await using var records = await Records.StartAsync(stayMax: 2);
        var (first, second) = (NewChange(Guid.NewGuid()), NewChange(Guid.NewGuid()));
        _ = await records.ApplyAsync(first);
        _ = await records.ApplyAsync(second);
        var again = NewChange(first.Key.RecordId);
        _ = await records.ApplyAsync(again);

        _ = await records.ApplyAsync(NewChange(Guid.NewGuid()));

        await records.ShouldStayAsync(first);
        await records.ShouldStayAsync(again);
        await records.AwayAsync(second);
    }

    [Fact]
    public async Task Add_SentAwayByMany_EveryRecordTakesItsNextChange()
    {
        await using var records = await Records.StartAsync(stayMax: 1);
        var ids = Enumerable.Range(0, 20).Select(static _ => Guid.NewGuid()).ToArray();
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(ids.Select(id => records.ApplyAsync(NewChange(id))));
            answers.ShouldAllBe(static answer => answer.Status == ApplyStatus.Applied);
        }

        records.Writes.ShouldBe(100);
    }

    private static RecordChange NewChange(Guid recordId) => new()
    {
        Key = new RecordKey("sales", "contact", recordId),
        Kind = ChangeKind.Touched,
        OperationId = Guid.NewGuid(),
        Reason = UncertainReason.Truncated,
    };

    private sealed class Records : IProfileRuntime, IProfileRuntimes, IChangeWriter, IAsyncDisposable
    {
        private readonly IHost _host;
        private int _writes;

        private Records(int stayMax)
        {
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.ClearProviders();
            builder.Services
                .AddSingleton(TimeProvider.System)
                .AddSingleton<IProfileRuntimes>(this)
                .AddDataExportGrains()
                .AddSingleton(new IdleRecords(TimeProvider.System) { StayMax = stayMax });
            builder.UseOrleans(
                silo => silo.UseLoneCluster().AddMemoryGrainStorage(Profiles.ProfileNames.Storage));
            _host = builder.Build();
        }

        public int Writes => Volatile.Read(ref _writes);

        public ExportProfile Profile { get; } = new();

        public IReadOnlyDictionary<string, TableDefinition> Tables =>
            ImmutableDictionary<string, TableDefinition>.Empty;

        public ITarget Target => throw new NotSupportedException();

        public ISourceEnvironment Source => throw new NotSupportedException();

        public IChangeWriter Writer => this;

        public IFailedRecordLog FailedRecords => throw new NotSupportedException();

        public bool IsBusy => false;

        public static async Task<Records> StartAsync(int stayMax)
        {
            var records = new Records(stayMax);
            await records._host.StartAsync();
            return records;
        }

        public Task<ApplyResult> ApplyAsync(RecordChange change) => _host.Services
            .GetRequiredService<IGrainFactory>()
            .GetGrain<IRecordGrain>(change.Key.ToGrainKey())
            .ApplyAsync(change, default)
            .AsTask();

        /// <summary>Ends when the activation that applied the change is gone: it leaves in a turn of its own.</summary>
        public async Task AwayAsync(RecordChange change)
        {
            using var patience = new CancellationTokenSource(Patience.Limit);
            for (var writes = Writes; Writes == writes; patience.Token.ThrowIfCancellationRequested())
            {
                _ = await ApplyAsync(change);
            }
        }

        public async Task ShouldStayAsync(RecordChange change)
        {
            var writes = Writes;
            (await ApplyAsync(change)).Status.ShouldBe(ApplyStatus.Superseded);
            Writes.ShouldBe(writes);
        }

        public ValueTask<ApplyResult> WriteAsync(MergeItem item, CancellationToken cancellationToken)
        {
            _ = Interlocked.Increment(ref _writes);
            return new ValueTask<ApplyResult>(ApplyResult.Applied);
        }

        public Task<IReadOnlyList<ApplyResult>> WriteManyAsync(
            IReadOnlyList<MergeItem> items, CancellationToken cancellationToken) => throw new NotSupportedException();

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

        public async ValueTask DisposeAsync()
        {
            await _host.StopAsync();
            _host.Dispose();
        }
    }
}

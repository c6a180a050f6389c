using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Silo.Telemetry;
using DataExport.Silo.Writing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Silo.Tests.Writing;

public sealed class BatchWriterTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTarget _target = new();
    private readonly PathInstruments _path = new(TimeProvider.System);
    private BatchWriter _writer = null!;

    public Task InitializeAsync()
    {
        _writer = Create(new BatchWriterOptions { MergesInFlightMax = 1, RetryDelay = TimeSpan.FromMilliseconds(1) });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _target.Hold?.TrySetResult();
        await _writer.DisposeAsync();
    }

    public void Dispose() => _path.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task WriteManyAsync_OneRowRefused_NeighboursAreWrittenInSevenMerges(int bad)
    {
        var items = Items(8);
        _ = _target.Refused.Add(items[bad].RecordId);
        _writer.Start();

        var results = await _writer.WriteManyAsync(items, CancellationToken.None);

        results[bad].Status.ShouldBe(ApplyStatus.Rejected);
        results.Count(result => result.Status is ApplyStatus.Applied).ShouldBe(7);
        _target.Written.Count.ShouldBe(7);
        _target.Merges.Count.ShouldBe(7);
    }

    [Fact]
    public async Task WriteAsync_WhileAMergeIsInFlight_GathersIntoOneBatch()
    {
        _target.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _writer.Start();
        var first = _writer.WriteAsync(Items(1)[0], CancellationToken.None).AsTask();
        await _target.Entered.Task;
        var others = Items(50).ConvertAll(item => _writer.WriteAsync(item, CancellationToken.None).AsTask());

        _target.Hold.SetResult();
        _ = await first;
        _ = await Task.WhenAll(others);

        _target.Merges.ShouldBe([1, 50]);
    }

    [Fact]
    public async Task WriteAsync_RowsOfMessagesAndPagesWait_MessagesGoFirst()
    {
        _target.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _writer.Start();
        var first = _writer.WriteAsync(Items(1)[0], CancellationToken.None).AsTask();
        await _target.Entered.Task;
        var page = Items(5);
        var pageWrite = _writer.WriteManyAsync(page, CancellationToken.None);
        var message = Items(1)[0];
        var messageWrite = _writer.WriteAsync(message, CancellationToken.None).AsTask();

        _target.Hold.SetResult();
        _ = await Task.WhenAll(first, messageWrite);
        _ = await pageWrite;

        _target.Written[1].ShouldBe(message.RecordId);
        _target.Merges.ShouldBe([1, 6]);
    }

    [Fact]
    public async Task WriteManyAsync_MoreRowsThanABatchTakes_SplitsAndAnswersInOrder()
    {
        await _writer.DisposeAsync();
        _writer = Create(new BatchWriterOptions { MergesInFlightMax = 1, BatchRowsMax = 3 });
        var items = Items(8);
        _ = _target.Refused.Add(items[4].RecordId);
        _writer.Start();

        var results = await _writer.WriteManyAsync(items, CancellationToken.None);

        results.Select(result => result.Status is ApplyStatus.Rejected)
            .ShouldBe([false, false, false, false, true, false, false, false]);
        _target.Merges.Max().ShouldBe(3);
    }

    [Fact]
    public async Task WriteAsync_TargetAwayForAWhile_WaitsItOutAndTellsTheGate()
    {
        var seen = new List<bool>();
        _writer.AvailabilityChanged += seen.Add;
        _target.Outages = 3;
        _writer.Start();

        var result = await _writer.WriteAsync(Items(1)[0], CancellationToken.None);

        result.Status.ShouldBe(ApplyStatus.Applied);
        seen.ShouldBe([false, true]);
        _target.Merges.Count.ShouldBe(4);
    }

    [Fact]
    public async Task WriteManyAsync_RowRefusedAfterAnOutage_TellsTheGateThatTheTargetIsBack()
    {
        var told = new List<bool>();
        _writer.AvailabilityChanged += told.Add;
        var items = Items(4);
        _ = _target.Refused.Add(items[1].RecordId);
        _target.Outages = 2;
        _writer.Start();

        var results = await _writer.WriteManyAsync(items, CancellationToken.None);

        results.Count(result => result.Status is ApplyStatus.Applied).ShouldBe(3);
        told.ShouldBe([false, true]);
        _writer.IsTargetAvailable.ShouldBeTrue();
    }

    [Fact]
    public async Task DisposeAsync_TargetAway_AnswersUnavailable()
    {
        _target.Outages = int.MaxValue;
        var away = new TaskCompletionSource();
        _writer.AvailabilityChanged += _ => away.TrySetResult();
        _writer.Start();
        var write = _writer.WriteAsync(Items(1)[0], CancellationToken.None).AsTask();
        await away.Task;

        await _writer.DisposeAsync();

        (await write).Status.ShouldBe(ApplyStatus.Unavailable);
        (await _writer.WriteAsync(Items(1)[0], CancellationToken.None)).Status.ShouldBe(ApplyStatus.Unavailable);
        _writer = Create(new BatchWriterOptions { MergesInFlightMax = 1 });
    }

    [Fact]
    public async Task DisposeAsync_RowsQueued_WritesThemFirst()
    {
        var items = Items(10);
        var writes = items.ConvertAll(item => _writer.WriteAsync(item, CancellationToken.None).AsTask());
        _writer.Start();

        await _writer.DisposeAsync();

        (await Task.WhenAll(writes)).ShouldAllBe(result => result.Status == ApplyStatus.Applied);
        _target.Written.Count.ShouldBe(10);
        _writer = Create(new BatchWriterOptions { MergesInFlightMax = 1 });
    }

    [Fact]
    public async Task WriteManyAsync_OneRowFailsUnforeseen_NeighboursAreWrittenAll()
    {
        var items = Items(8);
        _ = _target.Broken.Add(items[3].RecordId);
        _writer.Start();

        var results = await _writer.WriteManyAsync(items, CancellationToken.None);

        results[3].Status.ShouldBe(ApplyStatus.Unavailable);
        results.Count(result => result.Status is ApplyStatus.Applied).ShouldBe(7);
    }

    [Fact]
    public async Task StopWaitingAsync_TargetGoesAwayOnlyAfterwards_AnswersUnavailableAtOnce()
    {
        _writer.Start();
        await _writer.StopWaitingAsync();
        _target.Outages = int.MaxValue;

        var result = await _writer.WriteAsync(Items(1)[0], CancellationToken.None);

        result.Status.ShouldBe(ApplyStatus.Unavailable);
    }

    private BatchWriter Create(BatchWriterOptions options) => new(
        _target, options, _path.For("p"), TimeProvider.System, NullLogger<BatchWriter>.Instance);

    private static List<MergeItem> Items(int count) =>
    [
        .. Enumerable.Range(0, count)
            .Select(_ => new MergeItem("t", Guid.NewGuid(), new Evidence(EvidenceKind.Question))),
    ];
}

using System.Diagnostics;
using DataExport.Grains.Telemetry;
using DataExport.Sandbox;
using DataExport.Silo.Telemetry;
using DataExport.Silo.Tests.Pulling;

namespace DataExport.Silo.Tests.Telemetry;

/// <summary>From the message to its commit, across grains, as one trace.</summary>
[Collection("traces")]
public sealed class TraceTests : IAsyncLifetime, IDisposable
{
    private readonly PathFixture _path = new();
    private readonly SpanListener _spans = new();
    private readonly ActivityContext _sender = new(
        ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _path.DisposeAsync();

    public void Dispose() => _spans.Dispose();

    [Theory]
    [InlineData("Diagnostic-Id")]
    [InlineData("traceparent")]
    public async Task Message_WithATrace_IsFollowedFromReceiptToSettlement(string property)
    {
        await _path.StartAsync();
        Post(Messages.Update(Guid.NewGuid()), property);
        await _spans.ReceivedAsync(_sender.TraceId);

        var spans = _spans.Of(_sender.TraceId).ToDictionary(static span => span.OperationName);

        spans.Keys.ShouldBe(["receive", "decode", "apply", "record", "wait", "merge", "settle"], ignoreOrder: true);
        spans["receive"].ParentSpanId.ShouldBe(_sender.SpanId);
        spans["receive"].Kind.ShouldBe(ActivityKind.Consumer);
        spans["receive"].GetTagItem("settlement").ShouldBe("Complete");
        ParentOf("decode").ShouldBe("receive");
        ParentOf("apply").ShouldBe("receive");
        ParentOf("record").ShouldBe("apply");
        ParentOf("wait").ShouldBe("record");
        ParentOf("merge").ShouldBe("record");
        ParentOf("settle").ShouldBe("receive");
        spans["merge"].StartTimeUtc.ShouldBeGreaterThanOrEqualTo(spans["wait"].StartTimeUtc);
        spans["apply"].GetTagItem("table").ShouldBe("account");
        spans["apply"].GetTagItem("status").ShouldBe("Applied");

        string ParentOf(string name) =>
            spans.Values.Single(each => each.SpanId == spans[name].ParentSpanId).OperationName;
    }

    [Fact]
    public async Task Batch_OfTracedMessages_LinksToThemAndTheyToIt()
    {
        await _path.StartAsync();
        Post(Messages.Update(Guid.NewGuid()));
        Post(Messages.Update(Guid.NewGuid()));
        await _spans.ReceivedAsync(_sender.TraceId, count: 2);
        await PathFixture.UntilAsync(() => Batches().Sum(static batch => batch.Links.Count()) == 2, "the batches end");

        var merges = _spans.Of(_sender.TraceId).Where(static span => span.OperationName == "merge").ToArray();

        merges.Length.ShouldBe(2);
        var batches = Batches();
        merges.ShouldAllBe(merge => batches.Any(batch => batch.SpanId == merge.Links.Single().Context.SpanId));
        batches.ShouldAllBe(batch => batch.ParentSpanId == default && batch.TraceId != _sender.TraceId);

        Activity[] Batches() =>
            [.. _spans.LinkedTo(_sender.TraceId).Where(static span => span.OperationName == "merge batch")];
    }

    [Fact]
    public async Task Changes_ThatGatherForARecord_AreWrittenUnderTheFirstAndLinkTheOthers()
    {
        _path.Target.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _path.StartAsync();
        var record = Guid.NewGuid();
        Post(Messages.Update(record));
        await _path.Target.Entered.Task;
        Post(Messages.Update(record));
        Post(Messages.Update(record));
        await PathFixture.UntilAsync(
            () => _spans.CountBegun(_sender.TraceId, "record") == 3, "three changes are with their grain");
        _path.Target.Hold.SetResult();
        await _spans.ReceivedAsync(_sender.TraceId, count: 3);

        var spans = _spans.Of(_sender.TraceId);
        var records = spans.Where(static span => span.OperationName == "record").ToArray();
        records.Length.ShouldBe(3);
        spans.Count(static span => span.OperationName == "merge").ShouldBeInRange(2, 3);
        var together = spans.Where(static span => span.OperationName == "record together").ToArray();
        together.ShouldNotBeEmpty();
        together.Sum(static span => 1 + span.Links.Count()).ShouldBe(2);
    }

    [Fact]
    public async Task Message_ThatIsUndecodable_EndsItsTraceDeadLettered()
    {
        await _path.StartAsync();
        Post("{"u8.ToArray());
        await _spans.ReceivedAsync(_sender.TraceId);

        var spans = _spans.Of(_sender.TraceId).ToDictionary(static span => span.OperationName);

        spans.Keys.ShouldBe(["receive", "decode", "settle"], ignoreOrder: true);
        spans["receive"].GetTagItem("settlement").ShouldBe("DeadLetter");
    }

    [Fact]
    public async Task Message_WithoutATrace_BeginsOne()
    {
        await _path.StartAsync();
        var before = _spans.Named(PathTrace.Receive).Select(static span => span.SpanId).ToHashSet();
        _path.Post(Messages.Update(Guid.NewGuid()));

        await PathFixture.UntilAsync(
            () => _spans.Named(PathTrace.Receive).Any(span => !before.Contains(span.SpanId)), "the span ends");

        _spans.Named(PathTrace.Receive).ShouldAllBe(static span => span.ParentSpanId == default);
    }

    [Fact]
    public void Spans_NobodyListensTo_CostNothing()
    {
        _spans.Dispose();
        var traces = new MessageTraces("p");
        Parts(traces);

        // A call that allocates does so in every round; the runtime compiles the loop anew in one of them.
        Enumerable.Range(0, 20).Min(_ => Allocated(traces)).ShouldBe(0);
    }

    private static long Allocated(MessageTraces traces)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var call = 0; call < 1_000; call++)
        {
            Parts(traces);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Parts(MessageTraces traces)
    {
        // No message is looked at while nobody listens, so none is needed.
        traces.Begin(null!);
        traces.BeginPart(null!, "decode")?.Dispose();
        traces.BeginApply(null!, default)?.Dispose();
        BatchTrace.BeginWait()?.Dispose();
        PathTrace.BeginReceived("record")?.Dispose();
        PathTrace.BeginRoot("delta sync", "p")?.Dispose();
        traces.End(null!, default);
    }

    private void Post(byte[] body, string property = "Diagnostic-Id") => _path.Bus.Enqueue(
        PathFixture.Queue,
        new SandboxMessage(
            body, "application/json", [new(property, $"00-{_sender.TraceId}-{_sender.SpanId}-00")]));
}

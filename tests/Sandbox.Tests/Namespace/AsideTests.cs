using System.Text;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox.Tests;

/// <summary>Messages that are deferred, scheduled or peeked.</summary>
public sealed class AsideTests
{
    [Fact]
    public async Task Deferred_BySequenceNumber_ComesLockedAndIsCompleted()
    {
        await using var bus = TestBus.Start();
        bus.Enqueue("later");
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        var message = await receiver.NextAsync();
        await receiver.DeferAsync(message);
        bus.Counts.ShouldBe(new QueueCounts(0, 0, 0, Deferred: 1));
        (await receiver.IsEmptyAsync()).ShouldBeTrue();

        var (deferred, token) = await ReceiveDeferredAsync(peer, message.SequenceNumber);

        deferred.Body.ShouldBe("later");
        deferred.Annotations["x-opt-message-state"].ShouldBe(1);
        deferred.LockedUntilMilliseconds.ShouldBe(
            (bus.Clock.GetUtcNow() + TimeSpan.FromSeconds(60)).ToUnixTimeMilliseconds());
        (await SettleAsync(peer, "completed", token)).ShouldBe(200);
        bus.Counts.ShouldBe(default);
    }

    [Fact]
    public async Task Deferred_LockRunsOut_IsDeferredAgainAndCounted()
    {
        await using var bus = TestBus.Start();
        bus.Enqueue("later");
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        var message = await receiver.NextAsync();
        await receiver.DeferAsync(message);
        var (_, token) = await ReceiveDeferredAsync(peer, message.SequenceNumber);

        bus.Clock.Advance(TimeSpan.FromSeconds(60));

        (await SettleAsync(peer, "completed", token)).ShouldBe(410);
        (await ReceiveDeferredAsync(peer, message.SequenceNumber)).Message.DeliveryCount.ShouldBe(1);
    }

    [Fact]
    public async Task Deferred_OneNumberIsWrong_LocksNone()
    {
        await using var bus = TestBus.Start();
        bus.Enqueue("later");
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        var message = await receiver.NextAsync();
        await receiver.DeferAsync(message);

        var (status, _) = await peer.AskAsync(
            "receive-by-sequence-number",
            new() { ["sequence-numbers"] = new object?[] { message.SequenceNumber, 99L } });

        status.ShouldBe(404);
        bus.Counts.Deferred.ShouldBe(1);
    }

    [Fact]
    public async Task UpdateDisposition_SameTokenTwice_CountsOnce()
    {
        await using var bus = TestBus.Start();
        bus.Enqueue("again");
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        var message = await receiver.NextAsync();

        (await SettleAsync(peer, "abandoned", message.LockToken, message.LockToken)).ShouldBe(200);

        (await receiver.NextAsync()).DeliveryCount.ShouldBe(1);
    }

    [Fact]
    public async Task UpdateDisposition_OneTokenIsLost_SettlesNone()
    {
        await using var bus = TestBus.Start();
        bus.Enqueue("kept");
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        var message = await receiver.NextAsync();

        (await SettleAsync(peer, "completed", message.LockToken, Guid.NewGuid())).ShouldBe(410);

        bus.Counts.Locked.ShouldBe(1);
    }

    [Fact]
    public async Task Modified_PropertiesOfAnAbandonedMessage_AreSetAndTheRestKept()
    {
        await using var bus = TestBus.Start();
        bus.Enqueue(TestBus.Message("m") with { ApplicationProperties = [new("kept", 1.5), new("changed", "old")] });
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        await receiver.SettleAsync(await receiver.NextAsync(), AmqpOutcome.Abandoned with
        {
            Annotations = new() { [new AmqpSymbol("changed")] = "new" },
        });

        var again = await receiver.NextAsync();

        again.Properties.ShouldBe(
            new Dictionary<string, object?> { ["kept"] = 1.5, ["changed"] = "new" }, ignoreOrder: true);
        again.Body.ShouldBe("m");
    }

    [Fact]
    public async Task Modified_PropertyOfAForbiddenType_IsRefused()
    {
        await using var bus = TestBus.Start();
        bus.Enqueue("m");
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();

        var answer = await receiver.SettleAsync(await receiver.NextAsync(), AmqpOutcome.Abandoned with
        {
            Annotations = new() { ["list"] = new List<object?> { 1 } },
        });

        answer.Error!.Condition.ShouldBe(AmqpCondition.ArgumentError);
        bus.Counts.Locked.ShouldBe(1);
    }

    [Fact]
    public async Task Scheduled_TimeComes_IsEnqueuedUnderANewNumber()
    {
        await using var bus = TestBus.Start();
        var due = bus.Clock.GetUtcNow() + TimeSpan.FromMinutes(2);
        var number = bus.Enqueue(TestBus.Message("s") with { ScheduledEnqueueTime = due });
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        bus.Counts.ShouldBe(new QueueCounts(0, 0, 0, Scheduled: 1));
        (await receiver.IsEmptyAsync()).ShouldBeTrue();

        bus.Clock.Advance(TimeSpan.FromMinutes(2));

        var message = await receiver.NextAsync();
        message.SequenceNumber.ShouldBeGreaterThan(number);
        message.Annotations["x-opt-enqueue-sequence-number"].ShouldBe(number);
        message.Annotations["x-opt-enqueued-time"].ShouldBe(due);
    }

    [Fact]
    public async Task Scheduled_TenThousand_ComeInTheOrderOfTheirTimesOrAreCancelled()
    {
        const int count = 10_000;
        await using var bus = TestBus.Start();
        var numbers = new List<long>();
        for (var index = 0; index < count; index++)
        {
            var due = bus.Clock.GetUtcNow() + TimeSpan.FromSeconds(count - index);
            numbers.Add(bus.Enqueue(TestBus.Message($"{index}") with { ScheduledEnqueueTime = due }));
        }

        foreach (var some in numbers.Where((_, index) => index % 2 == 0).Chunk(1_000))
        {
            bus.Inner.CancelScheduled(some).ShouldBeTrue();
        }

        bus.Inner.CancelScheduled([numbers[0]]).ShouldBeFalse();
        bus.Clock.Advance(TimeSpan.FromSeconds(count));

        bus.Counts.ShouldBe(new QueueCounts(count / 2, 0, 0));
        bus.Peek().ShouldBe(Enumerable.Range(0, count / 2).Select(index => $"{count - 1 - (2 * index)}"));
    }

    [Theory]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, 0)]
    public async Task Scheduled_ForTheEndOfTime_StaysAndHarmsNothing(long due, int scheduled)
    {
        await using var bus = TestBus.Start();
        var buffer = new AmqpBuffer();
        buffer.WriteDescriptor(AmqpDescriptor.MessageAnnotations);
        var mark = buffer.BeginMap();
        buffer.WriteSymbol("x-opt-scheduled-enqueue-time");
        buffer.WriteTimestamp(due);
        buffer.EndCompound(mark, 2);
        buffer.WriteDescriptor(AmqpDescriptor.Data);
        buffer.WriteBinary("m"u8);
        bus.Inner.Add([bus.Inner.Read(buffer.Span)]);
        bus.Enqueue(TestBus.Message("soon") with { ScheduledEnqueueTime = bus.Clock.GetUtcNow().AddSeconds(1) });

        bus.Clock.Advance(TimeSpan.FromSeconds(1));

        bus.Counts.ShouldBe(new QueueCounts(2 - scheduled, 0, 0, Scheduled: scheduled));
    }

    [Fact]
    public async Task Peek_FromANumber_ShowsEveryStateAndChangesNothing()
    {
        await using var bus = TestBus.Start();
        bus.Enqueue("deferred");
        bus.Enqueue("locked");
        bus.Enqueue("active");
        bus.Enqueue(TestBus.Message("scheduled") with { ScheduledEnqueueTime = DateTimeOffset.MaxValue });
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        var messages = await receiver.NextAsync(2);
        await receiver.DeferAsync(messages[0]);
        var before = bus.Counts;

        var (status, body) = await peer.AskAsync(
            "peek-message", new() { ["from-sequence-number"] = 2L, ["message-count"] = 2 });

        status.ShouldBe(200);
        Messages(body).Select(message => message.Body).ShouldBe(["locked", "active"]);
        bus.Peek().ShouldBe(["deferred", "locked", "active", "scheduled"]);
        bus.Counts.ShouldBe(before);
    }

    [Fact]
    public async Task Peek_PastTheEnd_SaysNoContent()
    {
        await using var bus = TestBus.Start();
        bus.Enqueue("1");
        await using var peer = await bus.ConnectAsync();

        (await peer.AskAsync("peek-message", new() { ["from-sequence-number"] = 2L, ["message-count"] = 1 }))
            .Status.ShouldBe(204);
    }

    [Fact]
    public async Task MessagesMax_WithDeadLetters_CountsThemToo()
    {
        await using var bus = TestBus.Start(new SandboxQueueOptions { MessagesMax = 2, DeliveryCountMax = 1 });
        bus.Enqueue("1");
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        await receiver.AbandonAsync(await receiver.NextAsync());
        bus.Enqueue("2");

        Should.Throw<ServiceBus.ServiceBusException>(() => bus.Enqueue("3"));
    }

    [Fact]
    public async Task Batch_OneMessageIsRefused_EnqueuesNone()
    {
        await using var bus = TestBus.Start(new SandboxQueueOptions { MessagesMax = 2 });

        Should.Throw<ServiceBus.ServiceBusException>(() =>
            bus.Inner.Add([Plain(bus, "1"), Plain(bus, "2"), Plain(bus, "3")]));

        bus.Counts.ShouldBe(default);
    }

    private static StoredMessage Plain(TestBus bus, string body)
    {
        var buffer = new AmqpBuffer();
        buffer.WriteDescriptor(AmqpDescriptor.Data);
        buffer.WriteBinary(Encoding.UTF8.GetBytes(body));
        return bus.Inner.Read(buffer.Span);
    }

    private static async Task<(TestMessage Message, Guid Token)> ReceiveDeferredAsync(TestPeer peer, long number)
    {
        var (status, body) = await peer.AskAsync(
            "receive-by-sequence-number",
            new() { ["sequence-numbers"] = new object?[] { number }, ["receiver-settle-mode"] = 1u });
        status.ShouldBe(200);
        var entry = (Dictionary<object, object?>)((List<object?>)body["messages"]!)[0]!;
        return (TestMessage.Read((byte[])entry["message"]!), (Guid)entry["lock-token"]!);
    }

    private static async Task<int> SettleAsync(TestPeer peer, string status, params Guid[] tokens) =>
        (await peer.AskAsync("update-disposition", new()
        {
            ["lock-tokens"] = Array.ConvertAll(tokens, token => (object?)token),
            ["disposition-status"] = status,
        })).Status;

    private static IEnumerable<TestMessage> Messages(Dictionary<object, object?> body) =>
        ((List<object?>)body["messages"]!)
        .Select(entry => TestMessage.Read((byte[])((Dictionary<object, object?>)entry!)["message"]!));
}

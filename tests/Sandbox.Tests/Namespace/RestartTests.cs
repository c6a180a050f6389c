using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox.Tests;

/// <summary>
/// Queues on disk. A crash is a copy of the files as they are while the namespace runs: nothing of its end is in it.
/// </summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Crash_MessagesOfEveryState_AreThereAgain()
    {
        using var directory = new TestDirectory();
        await using var bus = TestBus.Start(directory: directory.Path);
        var due = bus.Clock.GetUtcNow() + TimeSpan.FromMinutes(5);
        foreach (var body in new[] { "completed", "abandoned", "deferred", "dead", "locked", "active" })
        {
            bus.Enqueue(body);
        }

        var scheduled = bus.Enqueue(TestBus.Message("scheduled") with { ScheduledEnqueueTime = due });
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        var messages = await receiver.NextAsync(5);
        await receiver.CompleteAsync(messages[0]);
        await receiver.DeferAsync(messages[2]);
        await receiver.SettleAsync(messages[3], AmqpOutcome.Rejected(new AmqpError(AmqpCondition.DeadLetter)
        {
            Info = new() { ["DeadLetterReason"] = "why", ["DeadLetterErrorDescription"] = "because" },
        }));
        await receiver.AbandonAsync(messages[1]);

        using var copy = Copy(directory);
        await using var restarted = TestBus.Start(directory: copy.Path, clock: bus.Clock);

        restarted.Counts.ShouldBe(new QueueCounts(3, 0, 1, Deferred: 1, Scheduled: 1));
        restarted.Peek().ShouldBe(["abandoned", "deferred", "locked", "active", "scheduled"]);
        var dead = restarted.DeadLetters().ShouldHaveSingleItem();
        (dead.Reason, dead.Description).ShouldBe(("why", "because"));
        await using var again = await restarted.ConnectAsync();
        var first = await (await again.ReceiveAsync()).NextAsync();
        (first.Body, first.DeliveryCount).ShouldBe(("abandoned", 1));
        restarted.Inner.CancelScheduled([scheduled]).ShouldBeTrue();
    }

    [Fact]
    public async Task Crash_ScheduledMeanwhile_IsEnqueuedAtTheStart()
    {
        using var directory = new TestDirectory();
        await using var bus = TestBus.Start(directory: directory.Path);
        var number = bus.Enqueue(TestBus.Message("due") with
        {
            ScheduledEnqueueTime = bus.Clock.GetUtcNow() + TimeSpan.FromMinutes(5),
        });
        using var copy = Copy(directory);
        bus.Clock.Advance(TimeSpan.FromMinutes(6));
        await using var restarted = TestBus.Start(directory: copy.Path, clock: bus.Clock);
        bus.Clock.Advance(TimeSpan.FromMilliseconds(1));

        await using var peer = await restarted.ConnectAsync();
        var message = await (await peer.ReceiveAsync()).NextAsync();

        message.SequenceNumber.ShouldBe(number + 1);
        using var second = Copy(copy);
        await using var once = TestBus.Start(directory: second.Path, clock: bus.Clock);
        once.Counts.ShouldBe(new QueueCounts(1, 0, 0));
    }

    [Fact]
    public async Task Crash_SessionsAndTheirStates_AreThereAgain()
    {
        var options = new SandboxQueueOptions { RequiresSessions = true };
        using var directory = new TestDirectory();
        await using var bus = TestBus.Start(options, directory.Path);
        bus.Enqueue("1", "red");
        bus.Enqueue("2", "red");
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveSessionAsync("red");
        await receiver.AbandonAsync(await receiver.NextAsync());
        await peer.AskAsync(
            "set-session-state", new() { ["session-id"] = "red", ["session-state"] = new byte[] { 9 } });

        using var copy = Copy(directory);
        await using var restarted = TestBus.Start(options, copy.Path);

        await using var again = await restarted.ConnectAsync();
        var next = await again.ReceiveSessionAsync(null);
        (await next.NextAsync(2)).Select(message => (message.Body, message.DeliveryCount))
            .ShouldBe([("1", 1), ("2", 0)]);
        (await again.AskAsync("get-session-state", new() { ["session-id"] = "red" }))
            .Body["session-state"].ShouldBe(new byte[] { 9 });
    }

    [Fact]
    public async Task Crash_ModifiedProperties_AreKept()
    {
        using var directory = new TestDirectory();
        await using var bus = TestBus.Start(directory: directory.Path);
        bus.Enqueue("m");
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        await receiver.SettleAsync(await receiver.NextAsync(), AmqpOutcome.Abandoned with
        {
            Annotations = new() { ["note"] = "n" },
        });

        using var copy = Copy(directory);
        await using var restarted = TestBus.Start(directory: copy.Path);

        await using var again = await restarted.ConnectAsync();
        var message = await (await again.ReceiveAsync()).NextAsync();
        (message.DeliveryCount, message.Properties["note"]).ShouldBe((1, "n"));
    }

    [Fact]
    public async Task Crash_ReceivedAndDeleted_DoesNotComeAgain()
    {
        using var directory = new TestDirectory();
        await using var bus = TestBus.Start(directory: directory.Path);
        bus.Enqueue("1");
        bus.Enqueue("2");
        await using var peer = await bus.ConnectAsync();
        await (await peer.ReceiveAsync(deletes: true)).NextAsync();

        using var copy = Copy(directory);
        await using var restarted = TestBus.Start(directory: copy.Path);

        restarted.Peek().ShouldBe(["2"]);
    }

    [Fact]
    public async Task Crash_ExpiryAndDeadLettersSettled_AreKept()
    {
        var options = new SandboxQueueOptions { DeadLettersExpired = true };
        using var directory = new TestDirectory();
        await using var bus = TestBus.Start(options, directory.Path);
        bus.Enqueue(TestBus.Message("expires") with { TimeToLive = TimeSpan.FromSeconds(1) });
        bus.Enqueue(TestBus.Message("expires too") with { TimeToLive = TimeSpan.FromSeconds(1) });
        bus.Enqueue(TestBus.Message("lives on") with { TimeToLive = TimeSpan.FromSeconds(10) });
        bus.Clock.Advance(TimeSpan.FromSeconds(1));
        await using var peer = await bus.ConnectAsync();
        var graveyard = await peer.ReceiveAsync(TestBus.Queue + "/$DeadLetterQueue");
        await graveyard.CompleteAsync(await graveyard.NextAsync());

        using var copy = Copy(directory);
        await using var restarted = TestBus.Start(options, copy.Path, bus.Clock);

        restarted.Peek().ShouldBe(["lives on"]);
        restarted.PeekDeadLetters().ShouldBe(["expires too"]);
        bus.Clock.Advance(TimeSpan.FromSeconds(9));
        restarted.Counts.ShouldBe(new QueueCounts(0, 0, 2));
    }

    [Fact]
    public async Task Restart_InGoodOrder_GoesOnWithTheNextNumber()
    {
        using var directory = new TestDirectory();
        long last;
        await using (var bus = TestBus.Start(directory: directory.Path))
        {
            bus.Enqueue("1");
            last = bus.Enqueue("2");
        }

        await using var restarted = TestBus.Start(directory: directory.Path);

        restarted.Enqueue("3").ShouldBe(last + 1);
        restarted.Peek().ShouldBe(["1", "2", "3"]);
    }

    [Fact]
    public void Disk_CannotBeWritten_RefusesTheMessageAndKeepsWorking()
    {
        using var directory = new TestDirectory();
        var (log, recovered) = QueueLog.Open(directory.Path, new QueueLogOptions(), TimeProvider.System);
        using var queue = new SandboxQueue("q", new SandboxQueueOptions(), TimeProvider.System, log);
        queue.Restore(recovered);
        queue.Enqueue(TestBus.Message("written"));

        // A closed file is one that cannot be written.
        log.Dispose();

        Should.Throw<ServiceBus.ServiceBusException>(() => queue.Enqueue(TestBus.Message("not written")));

        queue.GetCounts().ShouldBe(new QueueCounts(1, 0, 0));
    }

    [Fact]
    public void Queues_OfTheMostUnusualNames_HaveDirectoriesOfTheirOwn()
    {
        string[] names = ["..", "a/b", "a%2fb", ".", "x:y", new string('n', 250), new string('m', 250)];

        names.Select(QueueDirectory.NameOf).Distinct().Count().ShouldBe(names.Length);
        names.Select(QueueDirectory.NameOf).ShouldAllBe(name => name.Length < 255 && !name.Contains('/'));
        QueueDirectory.NameOf("Orders").ShouldBe(QueueDirectory.NameOf("orders"));
    }

    private static TestDirectory Copy(TestDirectory directory)
    {
        var copy = new TestDirectory();
        foreach (var file in Directory.GetFiles(directory.Path, "*.log", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy.Path, Path.GetRelativePath(directory.Path, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }
}

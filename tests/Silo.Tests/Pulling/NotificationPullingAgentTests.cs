using System.Diagnostics.Metrics;
using System.Text;
using DataExport.Silo.Pulling;
using Microsoft.Extensions.Logging;

namespace DataExport.Silo.Tests.Pulling;

public sealed class NotificationPullingAgentTests
{
    [Fact]
    public async Task Message_OfARecord_IsMergedAndThenCompleted()
    {
        await using var path = new PathFixture();
        var id = Guid.NewGuid();
        await path.StartAsync();

        path.Post(Messages.Update(id));

        await UntilEmptyAsync(path);
        path.Target.Written.ShouldBe([id]);
        path.Bus.GetQueueCounts(PathFixture.Queue).DeadLettered.ShouldBe(0);
    }

    [Fact]
    public async Task Message_IsNotCompletedBeforeItsMergeIsCommitted()
    {
        await using var path = new PathFixture();
        path.Target.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await path.StartAsync();

        path.Post(Messages.Update(Guid.NewGuid()));
        await path.Target.Entered.Task;

        path.Bus.GetQueueCounts(PathFixture.Queue).Locked.ShouldBe(1);
        path.Target.Hold.SetResult();
        await UntilEmptyAsync(path);
    }

    [Fact]
    public async Task Message_OfAnotherOrganization_IsDeadLetteredWithBothNamed()
    {
        await using var path = new PathFixture();
        var stranger = Guid.NewGuid();
        await path.StartAsync();

        path.Post(Messages.Update(Guid.NewGuid(), stranger));

        await PathFixture.UntilAsync(() => DeadLetters(path) == 1, "the message is dead-lettered");
        var letter = path.Bus.DeadLetters(PathFixture.Queue).ShouldHaveSingleItem();
        letter.Reason.ShouldBe("UnknownOrganization");
        letter.Description.ShouldNotBeNull();
        letter.Description.ShouldContain(stranger.ToString());
        letter.Description.ShouldContain(Messages.Organization.ToString());
        path.Target.Written.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("""{"MessageName":"Update","InputParameters":[{"key":"Target","val""")]
    public async Task Message_ThatCannotBeDecoded_IsDeadLetteredWithItsPosition(string body)
    {
        await using var path = new PathFixture();
        await path.StartAsync();

        path.Post(Encoding.UTF8.GetBytes(body));

        await PathFixture.UntilAsync(() => DeadLetters(path) == 1, "the message is dead-lettered");
        var letter = path.Bus.DeadLetters(PathFixture.Queue).ShouldHaveSingleItem();
        letter.Reason.ShouldBe("Undecodable");
        letter.Description.ShouldNotBeNull();
        letter.Description.ShouldContain("byte");
    }

    [Fact]
    public async Task Message_LongerThanTheSectionAllows_IsDeadLettered()
    {
        await using var path = new PathFixture(new PullingAgentOptions { Decoding = new() { BodyBytesMax = 1_024 } });
        await path.StartAsync();

        path.Post(Encoding.UTF8.GetBytes(new string(' ', 1_025)));

        await PathFixture.UntilAsync(() => DeadLetters(path) == 1, "the message is dead-lettered");
        var description = path.Bus.DeadLetters(PathFixture.Queue)[0].Description;
        description.ShouldNotBeNull().ShouldContain("longer than 1024 bytes");
    }

    [Fact]
    public async Task Message_WithoutAChange_IsCompletedAndWritesNothing()
    {
        await using var path = new PathFixture();
        await path.StartAsync();

        path.Post(Messages.CustomAction());

        await UntilEmptyAsync(path);
        path.Target.Merges.ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_TruncatedToNoRecord_IsCompletedCountedAndToldOnce()
    {
        await using var path = new PathFixture();
        var counted = 0L;
        using var listener = new MeterListener();
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref counted, count));
        listener.EnableMeasurementEvents(path.Instruments.Messages.Unnamed);
        await path.StartAsync();

        path.PostTruncated(Messages.TruncatedBulkUpdate());
        path.Post(Messages.CustomAction());

        await UntilEmptyAsync(path);
        counted.ShouldBe(1);
        var (level, text) = path.Log.Lines.ShouldHaveSingleItem();
        level.ShouldBe(LogLevel.Warning);
        text.ShouldStartWith("Message 1 of table account is truncated");
        DeadLetters(path).ShouldBe(0);
    }

    [Fact]
    public async Task Record_ThatTheTargetRefuses_IsInTheFailureLogAndItsNeighboursAreWritten()
    {
        await using var path = new PathFixture();
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();
        _ = path.Target.Refused.Add(ids[7]);
        ids.ToList().ForEach(id => path.Post(Messages.Update(id)));

        await path.StartAsync();

        await UntilEmptyAsync(path);
        path.Failed.ShouldHaveSingleItem().ShouldContain(ids[7].ToString());
        path.Target.Written.ShouldBe(ids.Where(id => id != ids[7]), ignoreOrder: true);
    }

    [Fact]
    public async Task Target_Away_UsesUpNoDeliveryAndLeavesTheRestInTheQueue()
    {
        await using var path = new PathFixture(new PullingAgentOptions { MessagesInFlightMax = 10 });
        path.Target.Outages = int.MaxValue;
        for (var message = 0; message < 50; message++)
        {
            path.Post(Messages.Update(Guid.NewGuid()));
        }

        await path.StartAsync();
        await PathFixture.UntilAsync(() => path.Target.Merges.Count > 20, "the merge is tried again and again");

        var counts = path.Bus.GetQueueCounts(PathFixture.Queue);
        counts.Locked.ShouldBeLessThanOrEqualTo(10);
        counts.DeadLettered.ShouldBe(0);
        path.Target.Outages = 0;
        await UntilEmptyAsync(path);
        path.Target.Written.Distinct().Count().ShouldBe(50);
        path.Target.Written.Count.ShouldBe(50);
    }

    [Fact]
    public async Task Stop_WithMessagesInFlight_LetsThemEndAndTakesNoMore()
    {
        await using var path = new PathFixture(new PullingAgentOptions { MessagesInFlightMax = 5 });
        path.Target.Hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var message = 0; message < 20; message++)
        {
            path.Post(Messages.Update(Guid.NewGuid()));
        }

        await path.StartAsync();
        await PathFixture.UntilAsync(
            () => path.Bus.GetQueueCounts(PathFixture.Queue).Locked == 5, "five messages are in flight");
        var stop = path.StopAgentAsync();
        path.Target.Hold.SetResult();
        await stop;

        path.Target.Written.Count.ShouldBeGreaterThanOrEqualTo(5);
        var counts = path.Bus.GetQueueCounts(PathFixture.Queue);
        counts.Locked.ShouldBe(0);
        (counts.Active + path.Target.Written.Count).ShouldBe(20);
    }

    [Fact]
    public async Task Stop_WhileTheTargetIsAway_TakesNoMoreWhenItComesBack()
    {
        await using var path = new PathFixture(new PullingAgentOptions { MessagesInFlightMax = 10 });
        path.Target.Outages = int.MaxValue;
        for (var message = 0; message < 5; message++)
        {
            path.Post(Messages.Update(Guid.NewGuid()));
        }

        await path.StartAsync();
        await UntilRetriedAsync(path);
        var stop = path.StopAgentAsync();
        for (var message = 0; message < 5; message++)
        {
            path.Post(Messages.Update(Guid.NewGuid()));
        }

        await UntilRetriedAsync(path);
        path.Target.Outages = 0;
        await stop;

        path.Target.Written.Count.ShouldBe(5);
        var counts = path.Bus.GetQueueCounts(PathFixture.Queue);
        (counts.Active, counts.Locked).ShouldBe((5, 0));
    }

    [Fact]
    public async Task Connection_CutAgainAndAgain_EveryRecordIsWritten()
    {
        await using var path = new PathFixture(new PullingAgentOptions { MessagesInFlightMax = 50 });
        var ids = Enumerable.Range(0, 500).Select(_ => Guid.NewGuid()).ToArray();
        await path.StartAsync();

        foreach (var part in ids.Chunk(50))
        {
            part.ToList().ForEach(id => path.Post(Messages.Update(id)));
            await PathFixture.UntilAsync(() => path.Target.Written.Count > 0, "something is written");
            path.Bus.DropConnections();
        }

        await PathFixture.UntilAsync(() => ids.All(path.Target.Snapshot().Contains), "all records are written");
    }

    private static Task UntilRetriedAsync(PathFixture path)
    {
        var merges = path.Target.Merges.Count;
        return PathFixture.UntilAsync(
            () => path.Target.Merges.Count > merges + 30, "the merge is tried again and again");
    }

    private static int DeadLetters(PathFixture path) => path.Bus.GetQueueCounts(PathFixture.Queue).DeadLettered;

    private static Task UntilEmptyAsync(PathFixture path) => PathFixture.UntilAsync(
        () => path.Bus.GetQueueCounts(PathFixture.Queue) is { Active: 0, Locked: 0 }, "the queue is empty");
}

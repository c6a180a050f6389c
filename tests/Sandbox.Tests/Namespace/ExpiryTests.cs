using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox.Tests;

/// <summary>Messages past their time.</summary>
public sealed class ExpiryTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TimeToLive_Over_DropsOrDeadLettersAsTheQueueSays(bool deadLetters)
    {
        await using var bus = TestBus.Start(new SandboxQueueOptions { DeadLettersExpired = deadLetters });
        bus.Enqueue(TestBus.Message("short") with { TimeToLive = TimeSpan.FromSeconds(5) });
        bus.Enqueue("eternal");

        bus.Clock.Advance(TimeSpan.FromSeconds(5));

        bus.Peek().ShouldBe(["eternal"]);
        bus.Counts.ShouldBe(new QueueCounts(1, 0, deadLetters ? 1 : 0));
        bus.DeadLetters().Select(dead => dead.Reason).ShouldBe(deadLetters ? ["TTLExpiredException"] : []);
    }

    [Fact]
    public async Task TimeToLive_OverWhileLocked_ExpiresWhenItComesBack()
    {
        await using var bus = TestBus.Start();
        bus.Enqueue(TestBus.Message("short") with { TimeToLive = TimeSpan.FromSeconds(5) });
        await using var peer = await bus.ConnectAsync();
        var receiver = await peer.ReceiveAsync();
        var message = await receiver.NextAsync();
        bus.Clock.Advance(TimeSpan.FromSeconds(6));
        bus.Counts.Locked.ShouldBe(1);

        (await receiver.AbandonAsync(message)).Kind.ShouldBe(AmqpOutcomeKind.Accepted);

        bus.Counts.ShouldBe(default);
    }

    [Fact]
    public async Task TimeToLive_ManyExpireAndNobodyReceives_LeavesNothingBehind()
    {
        await using var bus = TestBus.Start(new SandboxQueueOptions { MessagesMax = 1_000 });
        for (var round = 0; round < 20; round++)
        {
            for (var number = 0; number < 999; number++)
            {
                bus.Enqueue(TestBus.Message("short") with { TimeToLive = TimeSpan.FromSeconds(1) });
            }

            bus.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        bus.Enqueue("last");
        bus.Counts.ShouldBe(new QueueCounts(1, 0, 0));
    }
}

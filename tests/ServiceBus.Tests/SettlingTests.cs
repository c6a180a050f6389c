using System.Text;
using DataExport.Sandbox;

namespace DataExport.ServiceBus.Tests;

public sealed class SettlingTests
{
    [Fact]
    public async Task AbandonAsync_Message_ComesAgainFirstWithAHigherCount()
    {
        await using var broker = Broker.Start();
        broker.Enqueue("first");
        var (receiver, message) = await broker.ReceiveOneAsync("second");

        await receiver.AbandonAsync(message);
        receiver.Grant(1);

        var again = await Broker.NextAsync(receiver);
        (Text(again), again.DeliveryCount).ShouldBe(("first", 2));
    }

    [Fact]
    public async Task DeadLetterAsync_WithReason_LiesInTheDeadLetterQueue()
    {
        await using var broker = Broker.Start();
        broker.Bus.Enqueue(Broker.Queue, new SandboxMessage("body"u8.ToArray(), "text/plain", [new("kept", 5L)], "id"));
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(1);

        await receiver.DeadLetterAsync(await Broker.NextAsync(receiver), "Undecodable", "at byte 5");

        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(0, 0, 1));
        var letter = broker.Bus.DeadLetters(Broker.Queue).ShouldHaveSingleItem();
        (letter.MessageId, letter.Reason, letter.Description).ShouldBe(("id", "Undecodable", "at byte 5"));
        var dead = broker.Client.CreateReceiver(Broker.Queue, new ServiceBusReceiverOptions { DeadLetterQueue = true });
        dead.Grant(1);
        var message = await Broker.NextAsync(dead);
        (Text(message), message.ContentType).ShouldBe(("body", "text/plain"));
        message.ApplicationProperties["kept"].ShouldBe(5L);
        message.ApplicationProperties["DeadLetterReason"].ShouldBe("Undecodable");
        message.ApplicationProperties["DeadLetterErrorDescription"].ShouldBe("at byte 5");
    }

    [Fact]
    public async Task AbandonAsync_AsOftenAsIsAllowed_DeadLetters()
    {
        await using var broker = Broker.Start(new SandboxQueueOptions { DeliveryCountMax = 3 });
        broker.Enqueue("poison");
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            receiver.Grant(1);
            var message = await Broker.NextAsync(receiver);
            message.DeliveryCount.ShouldBe(delivery);
            await receiver.AbandonAsync(message);
        }

        broker.Bus.DeadLetters(Broker.Queue).ShouldHaveSingleItem().Reason.ShouldBe("MaxDeliveryCountExceeded");
    }

    [Fact]
    public async Task CompleteAsync_LockExpired_ThrowsLockLostAndTheMessageComesAgain()
    {
        var clock = new FakeClock();
        await using var broker = Broker.Start(clock: clock);
        broker.Enqueue("slow");
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(2);
        var message = await Broker.NextAsync(receiver);

        clock.Advance(TimeSpan.FromSeconds(61));

        var again = await Broker.NextAsync(receiver);
        again.DeliveryCount.ShouldBe(2);
        (await Should.ThrowAsync<ServiceBusException>(async () => await receiver.CompleteAsync(message)))
            .Reason.ShouldBe(ServiceBusFailureReason.MessageLockLost);
        await receiver.CompleteAsync(again);
        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(0, 0, 0));
    }

    [Fact]
    public async Task RenewLockAsync_BeforeTheEnd_KeepsTheLock()
    {
        var clock = new FakeClock();
        await using var broker = Broker.Start(clock: clock);
        var (receiver, message) = await broker.ReceiveOneAsync("slow");
        var lockedUntil = message.LockedUntil;
        clock.Advance(TimeSpan.FromSeconds(40));

        var renewed = await receiver.RenewLockAsync(message);

        renewed.ShouldBe(lockedUntil + TimeSpan.FromSeconds(40));
        message.LockedUntil.ShouldBe(renewed);
        clock.Advance(TimeSpan.FromSeconds(40));
        await receiver.CompleteAsync(message);
    }

    [Fact]
    public async Task RenewLockAsync_LockExpired_ThrowsLockLost()
    {
        var clock = new FakeClock();
        await using var broker = Broker.Start(clock: clock);
        var (receiver, message) = await broker.ReceiveOneAsync("slow");
        clock.Advance(TimeSpan.FromSeconds(61));

        (await Should.ThrowAsync<ServiceBusException>(() => receiver.RenewLockAsync(message)))
            .Reason.ShouldBe(ServiceBusFailureReason.MessageLockLost);
    }

    [Fact]
    public async Task CompleteAsync_Twice_ThrowsTheSecondTime()
    {
        await using var broker = Broker.Start();
        var (receiver, message) = await broker.ReceiveOneAsync("once");
        await receiver.CompleteAsync(message);

        (await Should.ThrowAsync<ServiceBusException>(async () => await receiver.CompleteAsync(message)))
            .Reason.ShouldBe(ServiceBusFailureReason.MessageLockLost);
    }

    [Fact]
    public async Task CompleteAsync_SomeLocksOfManyExpired_FailsThoseAlone()
    {
        var clock = new FakeClock();
        await using var broker = Broker.Start(clock: clock);
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        var messages = new List<ServiceBusReceivedMessage>();
        for (var index = 0; index < 40; index++)
        {
            broker.Enqueue("m" + index);
            receiver.Grant(1);
            messages.Add(await Broker.NextAsync(receiver));
            clock.Advance(TimeSpan.FromSeconds(2));
        }

        // 80 seconds on: the locks of the first eleven have ended.
        var settled = messages.ConvertAll(message => receiver.CompleteAsync(message).AsTask());

        for (var index = 0; index < settled.Count; index++)
        {
            if (index > 10)
            {
                await settled[index];
            }
            else
            {
                (await Should.ThrowAsync<ServiceBusException>(settled[index]))
                    .Reason.ShouldBe(ServiceBusFailureReason.MessageLockLost);
            }
        }

        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(11, 0, 0));
    }

    [Fact]
    public async Task Receiver_MessageLargerThanItTakes_DeadLettersItAndGoesOn()
    {
        await using var broker = Broker.Start();
        await using var client = Broker.Connect(broker.Bus, messageBytesMax: 100_000);
        broker.Bus.Enqueue(Broker.Queue, new SandboxMessage(new byte[400_000]));
        broker.Enqueue("small");
        var receiver = client.CreateReceiver(Broker.Queue);
        receiver.Grant(1);

        Text(await Broker.NextAsync(receiver)).ShouldBe("small");
        broker.Bus.DeadLetters(Broker.Queue).ShouldHaveSingleItem().Reason.ShouldBe("MessageSizeExceeded");
    }

    private static string Text(ServiceBusReceivedMessage message) => Encoding.UTF8.GetString(message.Body.Span);
}

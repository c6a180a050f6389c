using System.Globalization;
using DataExport.Sandbox;

namespace DataExport.ServiceBus.Tests;

public sealed class NamespaceTests
{
    [Fact]
    public async Task Enqueue_DuplicatesSwitchedOn_HandsEachOutTwice()
    {
        await using var broker = Broker.Start(new SandboxQueueOptions { Duplicates = 1 });
        Enqueue(broker, 20);

        var bodies = await ReceiveAsync(broker, 40);

        bodies.Order().ShouldBe(Enumerable.Range(0, 20).SelectMany(number => new[] { number, number }));
    }

    [Fact]
    public async Task Enqueue_ReorderWindow_ShufflesWithinWindowsAlone()
    {
        await using var broker = Broker.Start(new SandboxQueueOptions { ReorderWindow = 10 });
        Enqueue(broker, 100);

        var bodies = await ReceiveAsync(broker, 100);

        bodies.ShouldNotBe(Enumerable.Range(0, 100));
        foreach (var (index, window) in bodies.Chunk(10).Index())
        {
            window.Order().ShouldBe(Enumerable.Range(index * 10, 10));
        }
    }

    [Fact]
    public async Task Enqueue_SameSeed_GivesTheSameOrder()
    {
        await using var one = Broker.Start(new SandboxQueueOptions { ReorderWindow = 50, Seed = 7 });
        await using var other = Broker.Start(new SandboxQueueOptions { ReorderWindow = 50, Seed = 7 });
        Enqueue(one, 100);
        Enqueue(other, 100);

        (await ReceiveAsync(one, 100)).ShouldBe(await ReceiveAsync(other, 100));
    }

    [Fact]
    public async Task Enqueue_WindowNotFull_IsReleasedWhenAskedFor()
    {
        await using var broker = Broker.Start(new SandboxQueueOptions { ReorderWindow = 10_000 });
        Enqueue(broker, 5);

        (await ReceiveAsync(broker, 5)).Order().ShouldBe(Enumerable.Range(0, 5));
    }

    [Fact]
    public async Task Enqueue_MoreThanMessagesMax_ThrowsQuotaExceeded()
    {
        await using var broker = Broker.Start(new SandboxQueueOptions { MessagesMax = 3 });
        Enqueue(broker, 3);

        Should.Throw<ServiceBusException>(() => Enqueue(broker, 1))
            .Reason.ShouldBe(ServiceBusFailureReason.QuotaExceeded);
    }

    [Fact]
    public async Task Enqueue_NoSuchQueue_ThrowsNotFound()
    {
        await using var broker = Broker.Start();

        Should.Throw<ServiceBusException>(() => broker.Bus.Enqueue("nowhere", new SandboxMessage(default)))
            .Reason.ShouldBe(ServiceBusFailureReason.MessagingEntityNotFound);
    }

    [Fact]
    public async Task Locks_ExpiredAsOftenAsIsAllowed_DeadLetter()
    {
        var clock = new FakeClock();
        await using var broker = Broker.Start(
            new SandboxQueueOptions { DeliveryCountMax = 2, LockDuration = TimeSpan.FromSeconds(5) }, clock);
        broker.Enqueue("1");
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(2);
        await Broker.NextAsync(receiver);
        clock.Advance(TimeSpan.FromSeconds(5));
        (await Broker.NextAsync(receiver)).DeliveryCount.ShouldBe(2);

        clock.Advance(TimeSpan.FromSeconds(5));

        broker.Bus.GetQueueCounts(Broker.Queue).ShouldBe(new QueueCounts(0, 0, 1));
    }

    private static void Enqueue(Broker broker, int count)
    {
        for (var number = 0; number < count; number++)
        {
            broker.Enqueue(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static async Task<List<int>> ReceiveAsync(Broker broker, int count)
    {
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(count);
        var bodies = new List<int>();
        while (bodies.Count < count)
        {
            bodies.Add(int.Parse((await Broker.NextAsync(receiver)).Body.Span, CultureInfo.InvariantCulture));
        }

        return bodies;
    }
}

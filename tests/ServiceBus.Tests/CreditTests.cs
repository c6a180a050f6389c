namespace DataExport.ServiceBus.Tests;

public sealed class CreditTests
{
    [Fact]
    public async Task Grant_FewerThanAreThere_BringsExactlyThese()
    {
        await using var broker = Broker.Start();
        Enqueue(broker, 50);
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(3);
        receiver.Grant(4);
        for (var count = 0; count < 7; count++)
        {
            await Broker.NextAsync(receiver);
        }

        // A drain is answered behind everything that was sent before it.
        receiver.CreditOutstanding.ShouldBe(0);
        await receiver.PauseAsync();
        receiver.TryRead(out _).ShouldBeFalse();
        broker.Bus.GetQueueCounts(Broker.Queue).Locked.ShouldBe(7);
    }

    [Fact]
    public async Task PauseAsync_CreditOut_TakesItBackUntilResume()
    {
        await using var broker = Broker.Start();
        Enqueue(broker, 2);
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(10);
        await Broker.NextAsync(receiver);
        await Broker.NextAsync(receiver);

        await receiver.PauseAsync();
        Enqueue(broker, 20);
        receiver.Grant(2);
        receiver.CreditOutstanding.ShouldBe(10);
        await receiver.PauseAsync();
        receiver.TryRead(out _).ShouldBeFalse();
        broker.Bus.GetQueueCounts(Broker.Queue).Locked.ShouldBe(2);

        receiver.Resume();
        for (var count = 0; count < 10; count++)
        {
            await Broker.NextAsync(receiver);
        }

        await receiver.PauseAsync();
        broker.Bus.GetQueueCounts(Broker.Queue).Locked.ShouldBe(12);
    }

    [Fact]
    public async Task PauseAsync_WhileMessagesPour_DeliversWhatWasUnderWay()
    {
        await using var broker = Broker.Start();
        Enqueue(broker, 5_000);
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        receiver.Grant(5_000);
        await Broker.NextAsync(receiver);

        await receiver.PauseAsync();
        var arrived = 1;
        while (receiver.TryRead(out _))
        {
            arrived++;
        }

        broker.Bus.GetQueueCounts(Broker.Queue).Locked.ShouldBe(arrived);
        receiver.CreditOutstanding.ShouldBe(5_000 - arrived);
    }

    [Fact]
    public async Task WaitToReadAsync_Disposed_EndsWithFalse()
    {
        await using var broker = Broker.Start();
        var receiver = broker.Client.CreateReceiver(Broker.Queue);
        var waiting = receiver.WaitToReadAsync();

        await receiver.DisposeAsync();

        (await waiting).ShouldBeFalse();
    }

    private static void Enqueue(Broker broker, int count)
    {
        for (var index = 0; index < count; index++)
        {
            broker.Enqueue("m" + index);
        }
    }
}

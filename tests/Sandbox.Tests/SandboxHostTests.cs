using DataExport.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Sandbox.Tests;

public sealed class SandboxHostTests
{
    [Fact]
    public async Task Change_OfTheEnvironment_IsInEveryQueueOfTheHost()
    {
        await using var host = Create();
        host.CreateQueue("first");
        host.CreateQueue("second");
        await host.StartAsync();
        host.Environment.Seed(100);
        var generator = new ChangeGenerator(host.Environment, 1);

        for (var change = 0; change < 50; change++)
        {
            generator.Next();
        }

        host.Namespace.GetQueueCounts("first").Active.ShouldBe(50);
        host.Namespace.GetQueueCounts("second").Active.ShouldBe(50);
        host.LostNotifications.ShouldBe(0);
        host.WebApi.BaseAddress.AbsolutePath.ShouldBe("/api/data/v9.2/");
    }

    [Fact]
    public void Change_WhenAQueueIsFull_IsLostAndCounted()
    {
        var host = Create();
        host.CreateQueue("small", new SandboxQueueOptions { MessagesMax = 3 });

        for (var change = 0; change < 5; change++)
        {
            host.Environment.Create(host.Environment.Table("task"));
        }

        host.LostNotifications.ShouldBe(2);
        host.Environment.Count(host.Environment.Table("task")).ShouldBe(5);
    }

    [Fact]
    public async Task Change_TooLargeForTheBus_IsMarkedOnItsMessage()
    {
        var options = new SandboxHostOptions { Environment = new DataverseSandboxOptions { BodyBytesMax = 2000 } };
        await using var host = Create(options);
        host.CreateQueue("export");
        await host.StartAsync();

        host.Environment.Create(host.Environment.Table("account"));

        var properties = (await ReceiveAsync(host, "export")).ApplicationProperties;
        properties[NotificationProperties.MessageMaxSizeExceeded].ShouldBe(true);
        properties[NotificationProperties.EntityLogicalName].ShouldBe("account");
        properties[NotificationProperties.RequestName].ShouldBe("Create");
    }

    [Fact]
    public void Change_HeldBetween_ReachesTheQueueWhenItIsLetGo()
    {
        HoldingSink? holding = null;
        var host = Create(new SandboxHostOptions { Between = queues => holding = new HoldingSink(queues) });
        host.CreateQueue("export");

        host.Environment.Create(host.Environment.Table("task"));
        var before = host.Namespace.GetQueueCounts("export").Active;
        holding!.LetGo();

        before.ShouldBe(0);
        host.Namespace.GetQueueCounts("export").Active.ShouldBe(1);
    }

    private static SandboxHost Create(SandboxHostOptions? options = null) =>
        new(options ?? new SandboxHostOptions(), TimeProvider.System, NullLoggerFactory.Instance);

    private static async Task<ServiceBusReceivedMessage> ReceiveAsync(SandboxHost host, string queue)
    {
        await using var client = new ServiceBusClient(
            host.Namespace.ConnectionString,
            new ServiceBusClientOptions(),
            TimeProvider.System,
            NullLoggerFactory.Instance);
        await using var receiver = client.CreateReceiver(queue);
        receiver.Grant(1);
        (await receiver.WaitToReadAsync()).ShouldBeTrue();
        return receiver.TryRead(out var message) ? message : throw new InvalidOperationException("No message.");
    }

    private sealed class HoldingSink(INotificationSink queues) : INotificationSink
    {
        private readonly List<Notification> _held = [];

        public void Post(in Notification notification) => _held.Add(notification.Copy());

        public void LetGo() => _held.ForEach(notification => queues.Post(notification));
    }
}

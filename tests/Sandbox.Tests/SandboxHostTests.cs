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

    private static SandboxHost Create() =>
        new(new SandboxHostOptions(), TimeProvider.System, NullLoggerFactory.Instance);
}

using DataExport.Run.Commands;

namespace DataExport.Run.Tests;

public sealed class QueueSwitchTests
{
    [Fact]
    public void Queue_NameAlone_HasTheDefaults()
    {
        var queue = QueueSwitch.TryRead("orders", out _).ShouldNotBeNull();

        queue.Name.ShouldBe("orders");
        queue.Options.RequiresSessions.ShouldBeFalse();
        queue.Options.LockDuration.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Queue_EverySetting_IsRead()
    {
        var (name, options) = QueueSwitch
            .TryRead("orders:session:lock=1.5s:max-delivery=3:ttl=60:dead-letter-expired", out _)
            .ShouldNotBeNull();

        name.ShouldBe("orders");
        options.RequiresSessions.ShouldBeTrue();
        options.LockDuration.ShouldBe(TimeSpan.FromSeconds(1.5));
        options.DeliveryCountMax.ShouldBe(3);
        options.DefaultTimeToLive.ShouldBe(TimeSpan.FromMinutes(1));
        options.DeadLettersExpired.ShouldBeTrue();
    }

    [Theory]
    [InlineData("orders", false)]
    [InlineData("registered", false)]
    [InlineData("orders:lock=5s:registered", true)]
    public void Queue_Registered_GetsWhatStepsPost(string text, bool isRegistered)
    {
        var switches = new SandboxSwitches();
        var command = new System.CommandLine.RootCommand();
        foreach (var option in switches.All)
        {
            command.Options.Add(option);
        }

        var settings = switches.Read(command.Parse(["--queue", text]));

        (settings.Queues.Count, settings.RegisteredQueues.Count).ShouldBe(isRegistered ? (0, 1) : (1, 0));
        settings.SessionQueues.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData(":session")]
    [InlineData("q:sessions")]
    [InlineData("q:lock=0")]
    [InlineData("q:lock=soon")]
    [InlineData("q:max-delivery=0")]
    [InlineData("q:ttl=-1")]
    [InlineData("q:session=yes")]
    public void Queue_SettingIsWrong_IsToldWithTheSyntax(string text)
    {
        QueueSwitch.TryRead(text, out var fault).ShouldBeNull();

        fault.ShouldContain(QueueSwitch.Syntax);
        RunCommand.Create(TimeProvider.System).Parse(["sandbox", "--queue", text]).Errors.ShouldNotBeEmpty();
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Embedded.Tests;

/// <summary>Reminders, on the real clock and without a claim about it.</summary>
public sealed class ReminderTests : IAsyncLifetime
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private GrainCluster _cluster = null!;

    private Signals Signals => _cluster.Services.GetRequiredService<Signals>();

    private IReminderGrain Grain => _cluster.Grains.GetGrain<IReminderGrain>("r");

    public async Task InitializeAsync() => _cluster = await GrainCluster.StartAsync(static silo =>
    {
        silo.UseInMemoryReminderService();
        silo.Services.AddSingleton<TickCounts>();
        silo.Services.Configure<ReminderOptions>(static options => options.MinimumReminderPeriod = s_soon);
    });

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task Reminder_TicksAgainAndAgain_WhetherTheGrainIsInMemoryOrNot()
    {
        await Grain.RegisterAsync("wake", TimeSpan.Zero, s_soon);
        await Signals.WaitAsync("r wake 1");
        await Grain.LeaveAsync();
        await Signals.WaitAsync("r wake 3");

        var tick = (await Grain.GetTicksAsync())[^1];
        tick.Period.ShouldBe(s_soon);
        tick.CurrentTickTime.ShouldBeGreaterThanOrEqualTo(tick.FirstTickTime);
    }

    [Fact]
    public async Task Reminder_WhoseTickFails_TicksAgain()
    {
        await Grain.RegisterAsync("failing", TimeSpan.Zero, s_soon);

        await Signals.WaitAsync("r failing 2");
    }

    [Fact]
    public async Task Reminders_AreListed_Replaced_AndEnded()
    {
        await Grain.RegisterAsync("one", s_minute, s_minute);
        await Grain.RegisterAsync("other", s_minute, s_minute);
        await Grain.RegisterAsync("one", s_soon * 4, s_minute);
        await Signals.WaitAsync("r one 1");

        (await Grain.GetNamesAsync()).ShouldBe(["one", "other"]);
        (await _cluster.Grains.GetGrain<IReminderGrain>("another").GetNamesAsync()).ShouldBeEmpty();
        (await Grain.UnregisterAsync("one")).ShouldBeTrue();
        (await Grain.UnregisterAsync("one")).ShouldBeFalse();
        (await Grain.GetNamesAsync()).ShouldBe(["other"]);
    }

    [Fact]
    public async Task Reminder_EndedByAHandleOfItsPredecessor_IsRefused()
    {
        await Should.ThrowAsync<ReminderException>(
            () => Grain.UnregisterByAnOldHandleAsync("again", s_minute, s_minute));

        (await Grain.GetNamesAsync()).ShouldBe(["again"]);
    }

    [Theory]
    [InlineData("short", 0, 1)]
    [InlineData("past", -1, 60_000)]
    [InlineData("never", 0, -1)]
    [InlineData("", 0, 60_000)]
    public async Task Reminder_ThatCannotBe_IsRefused(string name, int dueMs, int periodMs)
    {
        await Should.ThrowAsync<ArgumentException>(() => Grain.RegisterAsync(
            name, TimeSpan.FromMilliseconds(dueMs), TimeSpan.FromMilliseconds(periodMs)));

        (await Grain.GetNamesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Reminder_OfAGrainThatCannotBeReminded_IsRefused() =>
        await Should.ThrowAsync<InvalidOperationException>(
            () => _cluster.Grains.GetGrain<IForgetfulGrain>("f").RegisterAsync("name", s_minute, s_minute));
}

using Microsoft.Extensions.DependencyInjection;

namespace DataExport.Embedded.Tests;

/// <summary>Reminders that survive the silo, to the second.</summary>
public sealed class FileReminderTests : IAsyncLifetime
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private readonly FakeClock _clock = new();
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"reminders-{Guid.NewGuid():N}");
    private GrainCluster _cluster = null!;

    private Signals Signals => _cluster.Services.GetRequiredService<Signals>();

    private IReminderGrain Grain => _cluster.Grains.GetGrain<IReminderGrain>("r");

    public async Task InitializeAsync() => _cluster = await StartAsync();

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    [Fact]
    public async Task Reminder_TicksWhenItIsDue_AndEveryPeriodAfter()
    {
        // Shorter than the grain's age: both ticks come to one activation.
        var period = s_minute * 10;
        var start = _clock.GetUtcNow().UtcDateTime + s_minute;
        await Grain.RegisterAsync("wake", s_minute, period);

        _clock.Advance(s_minute - TimeSpan.FromSeconds(1));
        (await Grain.GetTicksAsync()).ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Signals.WaitAsync("r wake 1");
        await _clock.ArmedAsync(period);
        _clock.Advance(period);
        await Signals.WaitAsync("r wake 2");

        (await Grain.GetTicksAsync()).ShouldBe(
            [new TickStatus(start, period, start), new TickStatus(start, period, start + period)]);
    }

    [Fact]
    public async Task Reminder_SurvivesTheSilo_AndKeepsItsTimes()
    {
        await Grain.RegisterAsync("Wake/up ✓", s_minute, s_hour);
        await Grain.RegisterAsync("ended", s_minute, s_hour);
        await Grain.UnregisterAsync("ended");
        await RestartAsync();

        (await Grain.GetNamesAsync()).ShouldBe(["Wake/up ✓"]);
        _clock.Advance(s_minute);
        await Signals.WaitAsync("r Wake/up ✓ 1");
    }

    [Fact]
    public async Task Reminder_OfASiloThatWasAway_TicksAtItsNextTime()
    {
        var start = _clock.GetUtcNow().UtcDateTime + s_minute;
        await Grain.RegisterAsync("wake", s_minute, s_hour);
        await _cluster.DisposeAsync();
        _clock.Advance(s_minute + (s_hour * 3) + (s_hour / 2));
        _cluster = await StartAsync();

        _clock.Advance((s_hour / 2) - TimeSpan.FromSeconds(1));
        (await Grain.GetTicksAsync()).ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Signals.WaitAsync("r wake 1");

        (await Grain.GetTicksAsync()).ShouldBe([new TickStatus(start, s_hour, start + (s_hour * 4))]);
    }

    [Fact]
    public async Task Reminder_ThatWasReplacedOrEnded_TicksNoMore()
    {
        await Grain.RegisterAsync("late", s_minute, s_hour);
        await Grain.RegisterAsync("late", s_hour, s_hour);
        await Grain.RegisterAsync("ended", s_minute, s_hour);
        await Grain.UnregisterAsync("ended");
        await Grain.RegisterAsync("kept", s_minute, s_hour);

        _clock.Advance(s_minute);
        await Signals.WaitAsync("r kept 1");

        (await Grain.GetTicksAsync()).Length.ShouldBe(1);
    }

    [Fact]
    public async Task ManyReminders_DueAtOnce_AllTick()
    {
        const int Count = 1_200;
        for (var grain = 0; grain < Count; grain++)
        {
            await _cluster.Grains.GetGrain<IReminderGrain>($"{grain}").RegisterAsync("wake", s_minute, s_hour);
        }

        _clock.Advance(s_minute);

        for (var grain = 0; grain < Count; grain++)
        {
            await Signals.WaitAsync($"{grain} wake 1");
        }
    }

    [Fact]
    public async Task File_ThatHoldsNoReminder_StopsTheStart_NamingIt()
    {
        await Grain.RegisterAsync("wake", s_minute, s_hour);
        await _cluster.DisposeAsync();
        var file = Directory.GetFiles(_directory, "*.json", SearchOption.AllDirectories).Single();
        var whole = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, whole[..(whole.Length / 2)]);

        (await Should.ThrowAsync<OrleansException>(StartAsync)).Message.ShouldContain(file);
        await File.WriteAllTextAsync(file, whole.Replace("wake", "other", StringComparison.Ordinal));
        (await Should.ThrowAsync<OrleansException>(StartAsync)).Message.ShouldContain(file);
    }

    [Fact]
    public async Task Silo_WithoutAReminderService_SaysSo()
    {
        await using var cluster = await GrainCluster.StartAsync(
            static silo => silo.Services.AddSingleton<TickCounts>());

        (await Should.ThrowAsync<OrleansConfigurationException>(
            () => cluster.Grains.GetGrain<IReminderGrain>("r").RegisterAsync("wake", s_minute, s_hour)))
            .Message.ShouldContain("UseFileReminderService");
    }

    private Task<GrainCluster> StartAsync() => GrainCluster.StartAsync(silo =>
    {
        silo.UseFileReminderService(options => options.Directory = _directory);
        silo.Services.AddSingleton<TimeProvider>(_clock).AddSingleton<TickCounts>();
    });

    private async Task RestartAsync()
    {
        await _cluster.DisposeAsync();
        _cluster = await StartAsync();
    }
}

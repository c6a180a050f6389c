using FsCheck;
using FsCheck.Fluent;

namespace DataExport.Grains.Tests.Model;

/// <summary>Generated schedules against the real record grain and a real SQLite target.</summary>
public sealed class FenceModelTests
{
    private const int SchedulesDefault = 10_000;

    [Fact]
    public async Task AnySchedule_WhateverIsLostDoubledLateOrCrashed_EndsEqualAndNeverGoesBack()
    {
        var schedules = ModelSettings.Schedules(SchedulesDefault);
        Console.WriteLine($"Fence model: {schedules} schedules, {ModelSettings.SeedVariable}={ModelSettings.Seed}");
        await using var host = await ModelHost.StartAsync();
        var property = Prop.ForAll(Schedules.Arbitrary, schedule => Play(host, schedule));
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(schedules)
            .WithReplay(ModelSettings.Seed, gamma: 1)
            .WithName($"{ModelSettings.SeedVariable}={ModelSettings.Seed}");

        Check.One(config, property);
    }

    private static void Play(ModelHost host, Schedule schedule)
    {
        host.Target.Empty();
        new ScheduleRun(host, schedule).PlayAsync().GetAwaiter().GetResult();
    }
}

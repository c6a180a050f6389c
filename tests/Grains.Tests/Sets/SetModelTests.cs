using DataExport.Grains.Tests.Model;

namespace DataExport.Grains.Tests.Sets;

/// <summary>Generated schedules of N:N rows against a real SQLite target.</summary>
public sealed class SetModelTests
{
    private const int SchedulesDefault = 1_000;

    [Fact]
    public async Task AnySchedule_WhateverIsLostDoubledLateOrCrashed_EndsEqual()
    {
        var first = (int)(ModelSettings.Seed % 1_000_000_000);
        var clock = new ModelClock();
        await using var target = new SetTarget(clock);
        await target.OpenAsync();
        for (var schedule = 0; schedule < ModelSettings.Schedules(SchedulesDefault); schedule++)
        {
            target.Empty();
            await new SetSchedule(target, clock, first + schedule).PlayAsync();
        }
    }
}

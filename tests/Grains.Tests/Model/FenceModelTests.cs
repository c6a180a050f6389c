using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace DataExport.Grains.Tests.Model;

/// <summary>Generated schedules against the real record grain and a real SQLite target.</summary>
public sealed class FenceModelTests
{
    private const int SchedulesDefault = 10_000;

    /// <summary>Replays a failure: the seed stands in its message.</summary>
    private const string SeedVariable = "DATAEXPORT_MODEL_SEED";

    private const string SchedulesVariable = "DATAEXPORT_MODEL_SCHEDULES";

    [Fact]
    public async Task AnySchedule_WhateverIsLostDoubledLateOrCrashed_EndsEqualAndNeverGoesBack()
    {
        var seed = ReadNumber(SeedVariable, (ulong)Random.Shared.NextInt64());
        var schedules = (int)ReadNumber(SchedulesVariable, SchedulesDefault);
        Console.WriteLine($"Fence model: {schedules} schedules, {SeedVariable}={seed}");
        await using var host = await ModelHost.StartAsync();
        var property = Prop.ForAll(Schedules.Arbitrary, schedule => Play(host, schedule));
        var config = Config.QuickThrowOnFailure
            .WithMaxTest(schedules)
            .WithReplay(seed, gamma: 1)
            .WithName($"{SeedVariable}={seed}");

        Check.One(config, property);
    }

    private static void Play(ModelHost host, Schedule schedule)
    {
        host.Target.Empty();
        new ScheduleRun(host, schedule).PlayAsync().GetAwaiter().GetResult();
    }

    private static ulong ReadNumber(string variable, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}

using DataExport.Tests;
using FsCheck;
using FsCheck.Fluent;

namespace DataExport.Grains.Tests.Model;

/// <summary>Generated schedules against the real record grain and a real target.</summary>
public sealed class FenceModelTests
{
    private const int SchedulesDefault = 10_000;

    /// <summary>A step is several ways to a server: fewer schedules, the same rules.</summary>
    private const int ServerSchedulesPerCent = 3;

    [Fact]
    public Task AnySchedule_WhateverIsLostDoubledLateOrCrashed_EndsEqualAndNeverGoesBack() =>
        CheckAsync("sqlite", 100, static clock => new SqliteModelTarget(clock));

    [Fact]
    public Task AnySchedule_OfATableWithAFilter_EndsEqualToWhatItLetsInAndOutsidersCostNothing() =>
        CheckAsync("sqlite, filtered", 50, static clock => new SqliteModelTarget(clock) { IsFiltered = true });

    [Fact]
    public async Task AnySchedule_OfATableWithAFilterOnPostgreSql_EndsEqualToWhatItLetsIn()
    {
        var connection = await PostgresServer.ConnectionAsync();
        await CheckAsync(
            "postgres, filtered",
            ServerSchedulesPerCent,
            clock => new PostgresModelTarget(connection, clock) { IsFiltered = true });
    }

    [Fact]
    public async Task AnySchedule_OnPostgreSql_EndsEqualAndNeverGoesBack()
    {
        var connection = await PostgresServer.ConnectionAsync();
        await CheckAsync("postgres", ServerSchedulesPerCent, clock => new PostgresModelTarget(connection, clock));
    }

    [SqlServerFact]
    public Task AnySchedule_OnSqlServer_EndsEqualAndNeverGoesBack() => CheckAsync(
        "sqlserver", ServerSchedulesPerCent,
        static clock => new SqlServerModelTarget(SqlServerFactAttribute.Connection!, clock));

    private static async Task CheckAsync(string engine, int perCent, Func<ModelClock, ModelTarget> targetOf)
    {
        var schedules = Math.Max(1, ModelSettings.Schedules(SchedulesDefault) * perCent / 100);
        Console.WriteLine(
            $"Fence model on {engine}: {schedules} schedules, {ModelSettings.SeedVariable}={ModelSettings.Seed}");
        await using var host = await ModelHost.StartAsync(targetOf);
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

using System.Data.Common;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Postgres;
using DataExport.Tests;
using Npgsql;

namespace DataExport.Targets.Tests.Postgres;

/// <summary>
/// Isolation, locks and stamps: each of these fails when the session reads by snapshot, when a batch is read before or
/// while its table is locked, or when stamps come from the silo's clock.
/// </summary>
public sealed partial class PostgresFenceTests
{
    private const string SiloClockBehind = "(clock_timestamp() AT TIME ZONE 'UTC') - interval '300 ms'";

    private static readonly Guid Record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public async Task Session_DatabasePrefersSnapshots_ReadsWhatIsCommitted()
    {
        var builder = new NpgsqlConnectionStringBuilder(await PostgresServer.ConnectionAsync())
        {
            Options = "-c default_transaction_isolation=serializable",
        };

        await using var session = await PostgresSession.OpenAsync(builder.ConnectionString, new(), default);

        await using var command = new NpgsqlCommand("SHOW transaction_isolation", session.Connection);
        (await command.ExecuteScalarAsync()).ShouldBe("read committed");
    }

    [Fact]
    public async Task Merge_OtherWriterCommitsWhileItWaitsForTheLock_SeesWhatTheOtherWrote()
    {
        await using var test = await StartAsync();
        var holder = await LockAsync(test);
        await using (holder)
        {
            // The merge begins, and waits for the lock: whatever its first statement saw is older than the row.
            var merge = Task.Run(() => test.NotifyDeleteAsync(Record));
            await WaitForWaiterAsync(test);
            await RunAsync(
                holder,
                $"INSERT INTO crm_contact (Id, versionnumber, SinkModifiedOn) VALUES ('{Record}', 5, "
                + "(clock_timestamp() AT TIME ZONE 'UTC') + interval '1 hour')");
            await RunAsync(holder, "COMMIT");

            (await merge).Question.ShouldBe(UncertainReason.DeleteMayBeOld);
        }

        test.Rows("SELECT Id FROM crm_contact").Count.ShouldBe(1);
        test.DeleteLog(Record).ShouldBeEmpty();
    }

    [Fact]
    public async Task Merge_OtherWriterDeletesWhileItWaitsForTheLock_LeavesTheTombstoneAlone()
    {
        await using var test = await StartAsync();
        var holder = await LockAsync(test);
        await using (holder)
        {
            var merge = Task.Run(() => test.NotifyCreateAsync(Record));
            await WaitForWaiterAsync(test);
            await RunAsync(holder, "INSERT INTO crm_DeleteLog (EntityName, RecordId, SinkDeleteTime, VersionNumber) "
                + $"VALUES ('contact', '{Record}', clock_timestamp() AT TIME ZONE 'UTC', 5)");
            await RunAsync(holder, "COMMIT");

            (await merge).Question.ShouldBe(UncertainReason.Tombstone);
        }

        test.Row(Record).ShouldBeNull();
    }

    [Fact]
    public async Task Merge_CreateAndDeleteOfOneRecordByTwoWritersAtOnce_NeverBearRowAndTombstoneTogether()
    {
        await using var test = await StartAsync();
        await using var other = await OtherAsync(test, PostgresTarget.ServerClock);
        for (var round = 0; round < 60; round++)
        {
            var id = Guid.NewGuid();
            await Task.WhenAll(
                test.Target.MergeAsync([Item(id, EvidenceKind.NotifiedCreate)], default),
                other.MergeAsync([Item(id, EvidenceKind.NotifiedDelete)], default));
        }

        test.Rows(
            """
            SELECT c.Id FROM crm_contact AS c JOIN crm_DeleteLog AS d ON d.RecordId = c.Id::text
            WHERE d.SinkDeleteTime >= c.SinkModifiedOn
            """).ShouldBeEmpty();
        (test.Rows("SELECT Id FROM crm_contact").Count + test.Rows("SELECT Id FROM crm_DeleteLog").Count).ShouldBe(60);
    }

    [Fact]
    public async Task Merge_WaitedForTheLock_StampsWithTheTimeBehindIt()
    {
        await using var test = await StartAsync();
        var holder = await LockAsync(test);
        DateTime released;
        Task<ApplyResult> merge;
        await using (holder)
        {
            merge = Task.Run(() => test.NotifyCreateAsync(Record));
            await WaitForWaiterAsync(test);
            released = await NowAsync(holder);
            await RunAsync(holder, "COMMIT");
        }

        (await merge).ShouldBe(ApplyResult.Applied);
        StampOf(test, "SinkModifiedOn").ShouldBeGreaterThanOrEqualTo(released);
    }

    [Fact]
    public async Task Merge_TwoSilosWriteInTurns_StampsGrowByTheServersClock()
    {
        await using var test = await StartAsync();
        await using var other = await OtherAsync(test, PostgresTarget.ServerClock);
        var before = await test.Target.GetUtcNowAsync(default);
        var last = before.AddTicks(-1);
        for (var version = 1; version <= 20; version++)
        {
            var target = version % 2 == 0 ? test.Target : other;
            (await target.MergeAsync([Item(Record, EvidenceKind.ReadUpsert, version)], default))
                .ShouldBe([ApplyResult.Applied]);
            var stamp = StampOf(test, "SinkModifiedOn");
            stamp.ShouldBeGreaterThan(last);
            last = stamp;
        }

        // Twenty stamps 4 ms apart, and none taken from a clock that goes ahead of the server's.
        last.ShouldBeLessThan((await test.Target.GetUtcNowAsync(default)).AddMilliseconds(80));
        StampOf(test, "SinkCreatedOn").ShouldBeGreaterThanOrEqualTo(before);
    }

    [Fact]
    public async Task Merge_ClockOfOneSiloIs300MillisecondsBehind_StampsOfARecordStillGrow()
    {
        await using var test = await StartAsync();
        await using var behind = await OtherAsync(test, SiloClockBehind);
        await test.Target.MergeAsync([Item(Record, EvidenceKind.ReadUpsert, 1)], default);
        var first = StampOf(test, "SinkModifiedOn");

        await behind.MergeAsync([Item(Record, EvidenceKind.ReadUpsert, 2)], default);

        StampOf(test, "SinkModifiedOn").ShouldBe(first.AddMilliseconds(4));
    }

    [Fact]
    public async Task Merge_RowWithoutStamp_CountsAsTheOldest()
    {
        await using var test = await StartAsync();
        test.Execute($"INSERT INTO crm_contact (Id, versionnumber) VALUES ('{Record}', NULL)");

        (await test.Target.MergeAsync([Item(Record, EvidenceKind.ReadUpsert, 1)], default))
            .ShouldBe([ApplyResult.Applied]);

        test.Execute("UPDATE crm_contact SET SinkModifiedOn = NULL");
        (await test.NotifyDeleteAsync(Record)).ShouldBe(ApplyResult.Applied);
        test.Row(Record).ShouldBeNull();
    }

    [Fact]
    public async Task Merge_TablesInOppositeOrdersOnTwoInstances_NeverDeadLocks()
    {
        await using var test = await StartAsync();
        await using var other = await OtherAsync(test, PostgresTarget.ServerClock);
        var ids = Enumerable.Range(0, 8).Select(static _ => Guid.NewGuid()).ToArray();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(async () =>
        {
            for (var round = 1; round <= 25; round++)
            {
                MergeItem[] batch = [.. ids.SelectMany(id => new[]
                {
                    Item(id, EvidenceKind.ReadUpsert, round), Item(id, EvidenceKind.ReadUpsert, round, "account"),
                })];
                _ = await (worker % 2 == 0 ? test.Target : other).MergeAsync(
                    worker < 2 ? batch : [.. batch.Reverse()], default);
            }
        })));

        test.Rows("SELECT versionnumber FROM crm_contact UNION ALL SELECT versionnumber FROM crm_account")
            .ShouldAllBe(static row => (long)row["versionnumber"]! == 25);
    }
}

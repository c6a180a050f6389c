using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Tests.Contract;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Postgres;

/// <summary>The server's log is one for all: who measures it must be alone.</summary>
[CollectionDefinition(nameof(PostgresLogTests), DisableParallelization = true)]
public sealed class PostgresLogCollection;

/// <summary>What a merge writes into the server's log.</summary>
[Collection(nameof(PostgresLogTests))]
public sealed class PostgresLogTests
{
    private const int Attempts = 5;

    [Theory]
    [InlineData(100, TableSyncPhase.Delta)]
    [InlineData(100, TableSyncPhase.Load)]
    [InlineData(600, TableSyncPhase.Delta)]
    [InlineData(600, TableSyncPhase.Load)]
    public async Task Merge_BatchDeliveredAgain_WritesNoByteOfLog(int rows, TableSyncPhase phase)
    {
        await using var test = await TestTarget.StartAsync(
            new PostgresTestTarget(await PostgresServer.ConnectionAsync()), Tables.Contact, Tables.Account);
        await test.Target.SaveSyncStateAsync(new TableSyncState { Table = "contact", Phase = phase }, default);
        var batch = Enumerable.Range(0, rows).Select(number => new MergeItem(
            "contact", Guid.NewGuid(), new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now, new(number + 1)),
            Tables.Values("Ann", "Oslo"))).ToList();
        (await test.Target.MergeAsync(batch, default)).ShouldAllBe(static r => r.Status == ApplyStatus.Applied);

        var written = new List<long>();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = Position(test);
            (await test.Target.MergeAsync(batch, default)).ShouldAllBe(static r => r.Status == ApplyStatus.Superseded);
            written.Add(Position(test) - before);
        }

        // A checkpoint of the server's own may fall into one of them, and the first tidies pages up.
        written.ShouldContain(0);
    }

    private static long Position(PostgresTestTarget test) =>
        (long)(double)test.Rows("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes").Single()["bytes"]!;
}

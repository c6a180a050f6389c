using System.Globalization;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>Eight silos write the same records at once: whatever comes of it, the fence allows it.</summary>
public abstract partial class TargetContract
{
    private const int Silos = 8;
    private const int BatchesPerSilo = 30;

    private const string EveryRow =
        """
        SELECT 'contact' AS TableName, Id, fullname, versionnumber, SinkCreatedOn, SinkModifiedOn FROM crm_contact
        UNION ALL SELECT 'account', Id, fullname, versionnumber, SinkCreatedOn, SinkModifiedOn FROM crm_account
        """;

    [ContractTheory]
    [InlineData(1)]
    [InlineData(20261126)]
    public async Task Merge_EightSilosWriteTheSameRecords_HoldsOnlyWhatTheFenceAllows(int seed)
    {
        await using var test = await CreateAsync();
        test.WaitForLocks();
        await test.RestartAsync(Tables.Contact, Tables.Account);
        var records = Enumerable.Range(0, HotSchedule.Records).Select(static _ => new HotRecord()).ToArray();
        using var done = new CancellationTokenSource();
        try
        {
            var watching = Task.Run(() => WatchAsync(test, done.Token));
            await Task.WhenAll(Enumerable.Range(0, Silos).Select(
                silo => Task.Run(() => RunSiloAsync(test, new HotSchedule(seed, silo), records))));
            await done.CancelAsync();
            await watching;
            await DemandFenceAsync(test, records);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
        }
    }

    private static async Task RunSiloAsync(TestTarget test, HotSchedule schedule, HotRecord[] records)
    {
        await using var target = test.NewInstance();
        await target.ProvisionAsync([Tables.Contact, Tables.Account], default);
        IReadOnlyList<PendingQuestion> questions = [];
        for (var number = 0; number < BatchesPerSilo; number++)
        {
            if (number % 4 == 3)
            {
                questions = await target.ReadPendingAsync(
                    number % 8 == 3 ? "contact" : "account", 0, DateTime.MaxValue, 30, default);
            }

            var batch = schedule.Batch(test.Clock.Now, questions);
            var results = await target.MergeAsync(batch, default);
            for (var place = 0; place < batch.Length; place++)
            {
                RecordOf(records, batch[place].RecordId).Note(batch[place].Evidence, results[place]);
            }
        }
    }

    /// <summary>
    /// Looks on from outside, and lets the time go: no stamp and no version of a read record goes back.
    /// </summary>
    private static async Task WatchAsync(TestTarget test, CancellationToken done)
    {
        var seen = new Dictionary<string, (string Stamp, long Version)>();
        while (!done.IsCancellationRequested)
        {
            test.Clock.AdvanceMilliseconds(3);
            foreach (var row in test.Rows(EveryRow))
            {
                var id = (string)row["Id"]!;
                var now = (Stamp: (string)row["SinkModifiedOn"]!, Version: row["versionnumber"] as long? ?? 0);
                var before = seen.GetValueOrDefault(id, ("", 0));
                string.CompareOrdinal(now.Stamp, before.Stamp).ShouldBeGreaterThanOrEqualTo(0, $"stamp of {id}");
                if (NumberOf(Guid.Parse(id)) < HotSchedule.ReadRecords)
                {
                    now.Version.ShouldBeGreaterThanOrEqualTo(before.Version, $"version of {id}");
                }

                seen[id] = now;
            }

            await Task.Yield();
        }
    }

    private static async Task DemandFenceAsync(TestTarget test, HotRecord[] records)
    {
        var rows = test.Rows(EveryRow).ToDictionary(static row => Guid.Parse((string)row["Id"]!));
        var log = test.Rows("SELECT * FROM crm_DeleteLog ORDER BY Id")
            .ToLookup(static entry => Guid.Parse((string)entry["RecordId"]!));
        var listed = new HashSet<Guid>();
        foreach (var table in new[] { "contact", "account" })
        {
            var pending = await test.Target.ReadPendingAsync(table, 0, DateTime.MaxValue, 1_000, default);
            listed.UnionWith(pending.Select(static question => question.RecordId));
            (await test.Target.CountPendingAsync(default))[table].ShouldBe(pending.Count);
        }

        for (var number = 0; number < records.Length; number++)
        {
            var id = HotSchedule.IdOf(number);
            var row = rows.GetValueOrDefault(id);
            DemandRow(number, row, records[number], listed.Contains(id));
            DemandLog(number, row, [.. log[id]], records[number]);
        }
    }

    private static void DemandRow(
        int number, Dictionary<string, object?>? row, HotRecord record, bool isListed)
    {
        var told = string.Create(CultureInfo.InvariantCulture, $"record {number}");
        if (number < HotSchedule.ReadRecords)
        {
            // Only reads: the highest version stands, whoever brought it and whenever.
            (row?["versionnumber"] as long? ?? 0).ShouldBe(record.HighestRead, told);
        }

        if (row?["versionnumber"] is long version)
        {
            row["fullname"].ShouldBe(HotSchedule.NameOf(version), told);
        }
        else if (row is not null)
        {
            isListed.ShouldBeTrue($"{told} is provisional");
        }

        (row is not null && record.Writes == 0).ShouldBeFalse($"{told} was never written");
    }

    private static void DemandLog(
        int number, Dictionary<string, object?>? row, List<Dictionary<string, object?>> log, HotRecord record)
    {
        var told = string.Create(CultureInfo.InvariantCulture, $"record {number}");
        var stamps = log.Select(static entry => (string)entry["SinkDeleteTime"]!).ToList();
        stamps.ShouldBe([.. stamps.Order(StringComparer.Ordinal)], told);
        log.Count.ShouldBeLessThanOrEqualTo(record.Deletions, told);
        (log.Count > 0).ShouldBe(record.Deletions > 0, told);
        if (row is not null && stamps.Count > 0)
        {
            string.CompareOrdinal((string)row["SinkCreatedOn"]!, stamps[^1]).ShouldBeGreaterThan(0, told);
        }
        else if (row is null)
        {
            (record.Writes > 0 && log.Count == 0).ShouldBeFalse($"{told} was written and is nowhere");
        }
    }

    private static HotRecord RecordOf(HotRecord[] records, Guid id) => records[NumberOf(id)];

    private static int NumberOf(Guid id) => BitConverter.ToInt32(id.ToByteArray()) - 1;
}

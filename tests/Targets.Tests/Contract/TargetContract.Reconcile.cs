using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>What shows whether rows are as they are at the source.</summary>
public abstract partial class TargetContract
{
    [ContractFact]
    public async Task ReadHeld_RowTombstoneQuestionAndNothing_TellsEachInTheOrderAskedFor()
    {
        await using var test = await StartLoadedAsync();
        var (deleted, asked, unknown) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await test.LoadAsync(Record, version: 7);
        var loadedOn = test.Clock.Now;
        test.Clock.AdvanceMilliseconds(10);
        await test.NotifyDeleteAsync(deleted);
        var deletedOn = test.Clock.Now;
        await AskAsync(test, asked, UncertainReason.Truncated);

        var held = await test.Target.ReadHeldAsync("contact", [unknown, deleted, Record, asked], default);

        held.ShouldBe(
        [
            new HeldRow(unknown, false, VersionNumber.None, null, false),
            new HeldRow(deleted, false, VersionNumber.None, deletedOn, false),
            new HeldRow(Record, true, new VersionNumber(7), loadedOn, false),
            new HeldRow(asked, false, VersionNumber.None, null, true),
        ]);
        (await test.Target.ReadHeldAsync("contact", [], default)).ShouldBeEmpty();
    }

    [ContractFact]
    public async Task ReadHeld_ProvisionalRow_HasNoVersionAndIsAsked()
    {
        await using var test = await StartLoadedAsync();
        await test.NotifyCreateAsync(Record);

        (await HeldAsync(test)).ShouldBe(new HeldRow(Record, true, VersionNumber.None, test.Clock.Now, true));
    }

    [ContractFact]
    public async Task ReadHeld_RowWithoutStamp_HasNoneThoughAnOldTombstoneHasOne()
    {
        await using var test = await StartLoadedAsync();
        await test.NotifyDeleteAsync(Record);
        test.Execute($"INSERT INTO crm_contact (Id, versionnumber) VALUES ('{Record}', 1)");

        (await HeldAsync(test)).ShouldBe(new HeldRow(Record, true, new VersionNumber(1), null, false));
    }

    [ContractFact]
    public async Task ReadIds_MoreRowsThanAPage_GivesEachOnce()
    {
        await using var test = await StartLoadedAsync();
        var records = await LoadManyAsync(test, 7);

        var read = new List<Guid>();
        IReadOnlyList<Guid> page = await test.Target.ReadIdsAsync("contact", null, 3, default);
        while (page.Count > 0)
        {
            page.Count.ShouldBeLessThanOrEqualTo(3);
            read.AddRange(page);
            page = await test.Target.ReadIdsAsync("contact", read[^1], 3, default);
        }

        read.ShouldBe(records, ignoreOrder: true);
    }

    [ContractFact]
    public async Task CompareCells_RowsAsTheyWereWritten_AreNoDifference()
    {
        await using var test = await StartAsync(Tables.AllTypes);
        var empty = Guid.NewGuid();
        await test.ReadAsync(Tables.AllTypes, Record, 1, Filled());
        await test.ReadAsync(Tables.AllTypes, empty, 1, Tables.ValuesOf(Tables.AllTypes));

        (await CompareAsync(test, 1, Filled())).ShouldBeEmpty();
        (await test.Target.CompareCellsAsync(
            "sample", [new SourceRow(empty, new VersionNumber(1), Tables.ValuesOf(Tables.AllTypes))], default))
            .ShouldBeEmpty();
    }

    [ContractTheory]
    [InlineData("name = 'Ann '", "name")]
    [InlineData("name = 'aNN'", "name")]
    [InlineData("name = NULL, quantity = 6", "name quantity")]
    [InlineData("rate = 1.0000000002", "rate")]
    [InlineData("latitude = NULL", "latitude")]
    [InlineData("modifiedon = '2026-02-03 04:05:06.500'", "modifiedon")]
    [InlineData("birthdate = '1900-01-03 00:00:00.000'", "birthdate")]
    [InlineData("region = 7", "region")]
    [InlineData("ownerid_entitytype = 'user'", "ownerid_entitytype")]
    [InlineData("parentid = '0f8fad5b-d9cb-469f-a165-70867728950e'", "parentid")]
    [InlineData("sampleid = NULL", "sampleid")]
    [InlineData("SinkModifiedOn = NULL", "")]
    public async Task CompareCells_CellsChangedPastTheTarget_NamesTheirColumns(string change, string columns)
    {
        await using var test = await StartAsync(Tables.AllTypes);
        await test.ReadAsync(Tables.AllTypes, Record, 1, Filled());
        await test.ReadAsync(Tables.AllTypes, Guid.NewGuid(), 1, Filled());

        test.Execute($"UPDATE crm_sample SET {change} WHERE Id = '{Record}'");

        var different = await CompareAsync(test, 1, Filled());
        if (columns.Length == 0)
        {
            different.ShouldBeEmpty();
            return;
        }

        different.Single().RecordId.ShouldBe(Record);
        different.Single().Columns.ShouldBe(columns.Split(' '), ignoreOrder: true);
    }

    [ContractFact]
    public async Task CompareCells_AnotherVersionOrNoRow_IsPassedOver()
    {
        await using var test = await StartAsync(Tables.AllTypes);
        await test.ReadAsync(Tables.AllTypes, Record, 2, Tables.ValuesOf(Tables.AllTypes));

        (await CompareAsync(test, 1, Filled())).ShouldBeEmpty();
        (await CompareAsync(test, 3, Filled())).ShouldBeEmpty();
        (await CompareAsync(test, 2, Filled(), Guid.NewGuid())).ShouldBeEmpty();
        (await CompareAsync(test, 2, Tables.Values("of another layout"))).ShouldBeEmpty();
        (await CompareAsync(test, 2, Filled())).Count.ShouldBe(1);
    }

    [ContractFact]
    public async Task CompareCells_WhileAMergeFollows_LeavesNothingBehind()
    {
        await using var test = await StartAsync(Tables.AllTypes);
        await test.ReadAsync(Tables.AllTypes, Record, 1, Filled());
        _ = await CompareAsync(test, 1, Tables.ValuesOf(Tables.AllTypes));

        (await test.ReadAsync(Tables.AllTypes, Record, 2, Filled())).ShouldBe(ApplyResult.Applied);

        (await CompareAsync(test, 2, Filled())).ShouldBeEmpty();
        (await test.Target.CountRowsAsync("sample", default)).ShouldBe(1);
    }

    private static ColumnValues Filled() => Tables.ValuesOf(
        Tables.AllTypes,
        ("name", "Ann"),
        ("description", "two\nlines 🚢"),
        ("quantity", 5),
        ("isactive", true),
        ("modifiedon", new DateTime(2026, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc).AddTicks(4)),
        ("birthdate", new DateTime(1900, 1, 2, 3, 4, 5, DateTimeKind.Utc)),
        ("rate", 1.0000000001m),
        ("latitude", 59.91273),
        ("revenue", 1234.50m),
        ("industry", 2),
        ("ownerid", (Other, "team")),
        ("parentid", (Other, "")),
        ("stageid", Other),
        ("owneridtype", "team"),
        ("colours", "1;2"));

    private static async Task<HeldRow> HeldAsync(TestTarget test) =>
        (await test.Target.ReadHeldAsync("contact", [Record], default)).Single();

    private static Task<IReadOnlyList<DifferentRow>> CompareAsync(
        TestTarget test, long version, ColumnValues values, Guid? recordId = null) => test.Target.CompareCellsAsync(
        "sample", [new SourceRow(recordId ?? Record, new VersionNumber(version), values)], default);
}

using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Tests.Contract;

/// <summary>A database that somebody made before us, DES or by hand, is taken over as it is.</summary>
public abstract partial class TargetContract
{
    [ContractFact]
    public async Task Provision_TableOfOlderForm_AddsWhatIsMissingAndChangesNothingElse()
    {
        await using var test = await CreateAsync();
        MakeOlderTable(test);

        await test.RestartAsync(Tables.Contact);

        test.SchemaChanges().ShouldBe(
            [
                "ColumnAdded contactid", "ColumnRemoved parentidname", "ColumnRemoved parentidtype",
                "ColumnRemoved cityname", "ColumnRemoved legacycode",
            ],
            ignoreOrder: true);
        var row = test.Row(Record)!;
        row["fullname"].ShouldBe("Ann");
        row["legacycode"].ShouldBe("L-1");
        row["parentid"].ShouldBe(Other.ToString("D"));
        (await test.Target.PlanAsync([Tables.Contact], default)).Changes.ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Provision_TableWithNamesOfDesBesideItsLookups_EmptiesThoseOnceAndNoOther()
    {
        await using var test = await CreateAsync();
        MakeOlderTable(test);

        await test.RestartAsync(Tables.Contact);

        var row = test.Row(Record)!;
        row["parentidname"].ShouldBeNull();
        row["parentidtype"].ShouldBeNull();
        row["cityname"].ShouldBe("City of Oslo");
        test.Execute("UPDATE crm_contact SET parentidname = 'by hand'");
        await test.RestartAsync(Tables.Contact);
        test.Row(Record)!["parentidname"].ShouldBe("by hand");
    }

    [ContractFact]
    public async Task Provision_TableOfOlderForm_IsToBeLoadedAndItsRowsAreKnown()
    {
        await using var test = await CreateAsync();
        MakeOlderTable(test);

        await test.RestartAsync(Tables.Contact);

        // The load takes a table that has rows for a resync: what it does not meet is asked for.
        (await test.StateAsync()).Phase.ShouldBe(TableSyncPhase.NotStarted);
        (await test.Target.CountRowsAsync("contact", default)).ShouldBe(1);
        (await test.LoadAsync(Record, version: 40)).ShouldBe(ApplyResult.Superseded);
        (await test.Target.AskRowsNotReadSinceAsync("contact", test.Clock.Now, default)).ShouldBe(1);
        await test.NotifyDeleteAsync(NewId());
        test.Rows("SELECT VersionNumber FROM crm_DeleteLog").Single()["VersionNumber"].ShouldBe(41L);
    }

    [ContractFact]
    public async Task Merge_TableOfOlderForm_UsesTheRoomThatIsThere()
    {
        await using var test = await CreateAsync();
        MakeOlderTable(test);
        await test.RestartAsync(Tables.Contact);
        var before = test.SchemaChanges();

        (await test.LoadAsync(Record, version: 50, Letters(500))).ShouldBe(ApplyResult.Applied);

        test.SchemaChanges().ShouldBe(before);
        test.Row(Record)!["fullname"].ShouldBe(Letters(500));
    }

    [ContractFact]
    public async Task Provision_ExtraColumnThatFillsItself_IsTakenAlong()
    {
        await using var test = await CreateAsync();
        MakeOlderTable(test, $"{test.Quoted("origin")} {Text(test, 10)} DEFAULT 'des' NOT NULL");

        await test.RestartAsync(Tables.Contact);

        var id = NewId();
        (await test.LoadAsync(id, version: 1)).ShouldBe(ApplyResult.Applied);
        test.Row(id)!["origin"].ShouldBe("des");
    }

    [ContractFact]
    public async Task Provision_ExtraColumnThatMustNotBeEmpty_IsRefusedByName()
    {
        await using var test = await CreateAsync();
        MakeOlderTable(test, $"{test.Quoted("origin")} {Text(test, 10)} NOT NULL", withRow: false);

        var refusal = await Should.ThrowAsync<TargetRefusedException>(() => test.RestartAsync(Tables.Contact));

        refusal.Message.ShouldContain("crm_contact");
        refusal.Message.ShouldContain("origin");
    }

    [ContractFact]
    public async Task Provision_ColumnTheFenceRestsOnHasAnotherType_IsRefusedByName()
    {
        await using var test = await CreateAsync();
        test.Execute(
            $"""
            CREATE TABLE {test.Quoted("crm_contact")} (
                {Line(test, "Id", SystemType.Id)} NOT NULL PRIMARY KEY,
                {Line(test, "SinkCreatedOn", SystemType.Instant)},
                {Line(test, "SinkModifiedOn", SystemType.Instant)}, {Line(test, "versionnumber", SystemType.Instant)},
                {test.Quoted("origin")} {Text(test, 10)})
            """);

        var refusal = await Should.ThrowAsync<TargetRefusedException>(() => test.RestartAsync(Tables.Contact));

        refusal.Message.ShouldNotBeEmpty();
        test.Rows("SELECT * FROM crm_contact").ShouldBeEmpty();
    }

    /// <summary>
    /// Contacts with wider texts, columns of DES's that nobody fills any more, others, and one missing.
    /// </summary>
    private static void MakeOlderTable(TestTarget test, string? extra = null, bool withRow = true)
    {
        var id = test.Dialect.TypeOf(Tables.Contact.Columns[0]);
        test.Execute(
            $"""
            CREATE TABLE {test.Quoted("crm_contact")} (
                {test.Quoted("Id")} {id} NOT NULL PRIMARY KEY,
                {Line(test, "SinkCreatedOn", SystemType.Instant)}, {Line(test, "SinkModifiedOn", SystemType.Instant)},
                {test.Quoted("parentid")} {id}, {Line(test, "parentid_entitytype", SystemType.Text, 128)},
                {Line(test, "parentidname", SystemType.Text, 160)}, {Line(test, "parentidtype", SystemType.Int)},
                {Line(test, "fullname", SystemType.Text, 500)}, {Line(test, "city", SystemType.Text, 80)},
                {Line(test, "cityname", SystemType.Text, 80)}, {Line(test, "legacycode", SystemType.Text, 20)},
                {Line(test, "modifiedon", SystemType.Instant)}, {Line(test, "versionnumber", SystemType.BigInt)}
                {(extra is null ? "" : $", {extra}")})
            """);
        if (withRow)
        {
            test.Execute(
                "INSERT INTO crm_contact (Id, SinkModifiedOn, parentid, parentidname, parentidtype, fullname, "
                + $"cityname, legacycode, versionnumber) VALUES ('{Record}', '2020-01-01 00:00:00.000', '{Other}', "
                + "'Works', 1, 'Ann', 'City of Oslo', 'L-1', 41)");
        }
    }

    private static string Line(TestTarget test, string name, SystemType type, int length = 0) =>
        $"{test.Quoted(name)} {test.Dialect.TypeOf(type, length)}";

    private static string Text(TestTarget test, int letters) => test.Dialect.TypeOf(SystemType.Text, letters);
}

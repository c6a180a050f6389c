using System.Globalization;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>What becomes of rows and merges when a table changes at the source.</summary>
public abstract partial class TargetContract
{
    private const int InstancesAtOnce = 4;

    private static readonly ColumnDefinition Rank = new() { Name = "rank", Type = ColumnType.Integer };

    private static readonly ColumnDefinition Friend =
        new() { Name = "friendid", Type = ColumnType.Lookup, Targets = ["contact", "account"] };

    [ContractFact]
    public async Task Provision_ColumnsAddedAtTheSource_AddsThemWithTheirEntityTypesAndReadsTheTableAgain()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 1);
        var wider = Tables.Contact.And(Rank, Friend);

        await test.RestartAsync(wider);

        test.SchemaChanges().ShouldBe(
            ["TableCreated ", "ColumnAdded friendid", "ColumnAdded friendid_entitytype", "ColumnAdded rank"]);
        (await test.StateAsync()).Phase.ShouldBe(TableSyncPhase.NotStarted);
        test.Row(Record)!["fullname"].ShouldBe("Ann");
        await test.ReadAsync(
            wider, Record, 2, Tables.ValuesOf(wider, ("rank", 3), ("friendid", (Other, "account"))));
        test.Row(Record)!["rank"].ShouldBe(3L);
        test.Row(Record)!["friendid_entitytype"].ShouldBe("account");
    }

    [ContractFact]
    public async Task Provision_TextWidenedByTheMetadata_HoldsTheLongerTextAndReadsNothingAgain()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 1);

        await test.RestartAsync(WithLength(400));

        test.SchemaChanges().ShouldBe(WhereTypesAreHeld(test, "ColumnWidened fullname"));
        (await test.StateAsync()).Phase.ShouldBe(TableSyncPhase.Delta);
        (await test.LoadAsync(Record, version: 2, Letters(400))).ShouldBe(ApplyResult.Applied);
        test.Row(Record)!["fullname"].ShouldBe(Letters(400));
    }

    [ContractFact]
    public async Task Provision_TextShortenedByTheMetadata_ChangesNothing()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 1, Letters(160));

        await test.RestartAsync(WithLength(10));

        test.SchemaChanges().ShouldBe(["TableCreated "]);
        test.Row(Record)!["fullname"].ShouldBe(Letters(160));
        (await test.LoadAsync(Record, version: 2, Letters(100))).ShouldBe(ApplyResult.Applied);
    }

    [ContractFact]
    public async Task Merge_TextLongerThanItsColumnOnTwoInstancesAtOnce_StoresAllRowsByOneChange()
    {
        await using var test = await StartLoadedAsync();
        test.WaitForLocks();
        await test.RestartAsync(Tables.Contact);
        await using var other = test.NewInstance();
        await other.ProvisionAsync([Tables.Contact], default);
        var merges = Enumerable.Range(0, 4).Select(number => new[]
        {
            PageItem(NewId(), "Before"), PageItem(NewId(), Letters(300)), PageItem(NewId(), "Behind"),
        }).ToArray();

        var results = await Task.WhenAll(merges.Select(
            (batch, number) => (number % 2 == 0 ? test.Target : other).MergeAsync(batch, default)));

        results.SelectMany(static each => each).ShouldAllBe(static result => result.Status == ApplyStatus.Applied);
        test.SchemaChanges().ShouldBe(WhereTypesAreHeld(test, "ColumnWidened fullname"));
        test.Rows("SELECT fullname FROM crm_contact").Select(static row => row["fullname"]).Order().ShouldBe(
            [
                .. Enumerable.Repeat("Before", 4), .. Enumerable.Repeat("Behind", 4),
                .. Enumerable.Repeat(Letters(300), 4),
            ]);
    }

    [ContractFact]
    public async Task Merge_SeveralColumnsTooNarrow_WidensEachAndStoresTheRow()
    {
        await using var test = await StartLoadedAsync();
        var values = Tables.ValuesOf(Tables.Contact, ("fullname", Letters(5_000)), ("city", Letters(200)));

        (await test.ReadAsync(Tables.Contact, Record, 1, values)).ShouldBe(ApplyResult.Applied);

        test.SchemaChanges().ShouldBe(WhereTypesAreHeld(test, "ColumnWidened fullname", "ColumnWidened city"));
        test.Row(Record)!["fullname"].ShouldBe(Letters(5_000));
        test.Row(Record)!["city"].ShouldBe(Letters(200));
    }

    [ContractFact]
    public async Task Merge_UpdateCarriesTextLongerThanItsColumn_WritesIt()
    {
        await using var test = await StartLoadedAsync();
        await test.LoadAsync(Record, version: 1);

        (await test.NotifyUpdateAsync(Record, test.Clock.Now.AddSeconds(1), Letters(300)))
            .ShouldBe(ApplyResult.Applied);

        test.Row(Record)!["fullname"].ShouldBe(Letters(300));
        test.Row(Record)!["city"].ShouldBe("Oslo");
    }

    [ContractFact]
    public async Task Merge_InstanceOfTheOldLayoutWidens_LeavesWhatAnotherAdded()
    {
        await using var test = await StartLoadedAsync();
        await using var newer = test.NewInstance();
        await newer.ProvisionAsync([Tables.Contact.And(Rank)], default);

        (await test.LoadAsync(Record, version: 1, Letters(300))).ShouldBe(ApplyResult.Applied);

        test.SchemaChanges().ShouldNotContain("ColumnRemoved rank");
        (await newer.PlanAsync([Tables.Contact.And(Rank)], default)).Changes.ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Merge_InstanceOfTheOldLayout_WritesItsOwnAndAsksForTheNew()
    {
        await using var test = await StartLoadedAsync();
        await using var newer = test.NewInstance();
        await newer.ProvisionAsync([Tables.Contact.And(Rank)], default);
        var values = Tables.ValuesOf(Tables.Contact.And(Rank), ("rank", 1));

        (await test.LoadAsync(Record, version: 1)).ShouldBe(ApplyResult.Applied);

        (await test.ReadAsync(Tables.Contact, Record, 2, values)).Question.ShouldBe(UncertainReason.OtherLayout);
        test.Row(Record)!["fullname"].ShouldBe("Ann");
    }

    [ContractFact]
    public async Task Provision_PrecisionRaised_KeepsOldNumbersAndTakesFinerOnes()
    {
        var table = Tables.Contact.And(
            new ColumnDefinition { Name = "rate", Type = ColumnType.Decimal, Precision = 2 });
        await using var test = await StartAsync(table);
        await test.EndLoadAsync();
        await test.ReadAsync(table, Record, 1, Tables.ValuesOf(table, ("rate", 1.25m)));
        var finer = table.Change("rate", static column => column with { Precision = 4 });

        await test.RestartAsync(finer);

        test.SchemaChanges().ShouldBe(WhereTypesAreHeld(test, "ColumnWidened rate"));
        test.Row(Record)!["rate"].ShouldBe(1.25);
        await test.ReadAsync(finer, Record, 2, Tables.ValuesOf(finer, ("rate", 1.2345m)));
        test.Row(Record)!["rate"].ShouldBe(1.2345);
    }

    [ContractTheory]
    [InlineData(ColumnType.Integer, 42, ColumnType.Text, "42")]
    [InlineData(ColumnType.UniqueIdentifier, "id", ColumnType.Text, "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee")]
    [InlineData(ColumnType.Decimal, "12.5", ColumnType.Text, "12.5")]
    [InlineData(ColumnType.Integer, 42, ColumnType.Decimal, 42.0)]
    [InlineData(ColumnType.Text, "42", ColumnType.Integer, null)]
    [InlineData(ColumnType.Boolean, true, ColumnType.BigInt, null)]
    public async Task Provision_TypeChanged_AddsAColumnBesideAndCarriesOverWhatCannotFail(
        ColumnType before, object value, ColumnType after, object? carried)
    {
        var table = Tables.Contact.And(
            new ColumnDefinition { Name = "x", Type = before, MaxLength = 50, Precision = 1 });
        await using var test = await StartAsync(table);
        await test.EndLoadAsync();
        await test.ReadAsync(table, Record, 1, Tables.ValuesOf(table, ("x", ValueOf(value))));
        var old = test.Row(Record)!["x"];

        await test.RestartAsync(table.Change("x", column => column with { Type = after }));

        test.Row(Record)!["x"].ShouldBe(old);
        Plain(test.Row(Record)!["x_2"]).ShouldBe(Plain(carried));
        test.SchemaChanges().ShouldBe(["TableCreated ", "ColumnRetyped x_2", "ColumnRemoved x"]);
        (await test.StateAsync()).Phase.ShouldBe(TableSyncPhase.NotStarted);
    }

    [ContractFact]
    public async Task Provision_NumberBecomesShortText_IsNotCutOff()
    {
        var table = Tables.Contact.And(Rank);
        await using var test = await StartAsync(table);
        await test.ReadAsync(table, Record, 1, Tables.ValuesOf(table, ("rank", 123_456)));

        await test.RestartAsync(table.Change("rank", static c => c with { Type = ColumnType.Text, MaxLength = 3 }));

        (test.Row(Record)!["rank_2"] ?? "123456").ShouldBe("123456");
        test.Row(Record)!["rank"].ShouldBe(123_456L);
    }

    [ContractFact]
    public async Task Merge_AfterATypeChanged_WritesTheNewColumnAndNotTheOld()
    {
        var table = Tables.Contact.And(Rank);
        await using var test = await StartAsync(table);
        await test.ReadAsync(table, Record, 1, Tables.ValuesOf(table, ("rank", 1)));
        var text = table.Change("rank", static column => column with { Type = ColumnType.Text, MaxLength = 100 });
        await test.RestartAsync(text);

        await test.ReadAsync(text, Record, 2, Tables.ValuesOf(text, ("rank", "first")));

        test.Row(Record)!["rank"].ShouldBe(1L);
        test.Row(Record)!["rank_2"].ShouldBe("first");
        (await test.Target.PlanAsync([text], default)).Changes.ShouldBeEmpty();
    }

    [ContractFact]
    public async Task Provision_TypeChangedBack_WritesTheFirstColumnAgainAndReadsTheTable()
    {
        var table = Tables.Contact.And(Rank);
        await using var test = await StartAsync(table);
        await test.RestartAsync(table.Change("rank", static c => c with { Type = ColumnType.Text, MaxLength = 100 }));
        await test.EndLoadAsync();

        await test.RestartAsync(table);

        test.SchemaChanges().TakeLast(2).ShouldBe(["ColumnReturned rank", "ColumnRemoved rank_2"]);
        (await test.StateAsync()).Phase.ShouldBe(TableSyncPhase.NotStarted);
    }

    [ContractFact]
    public async Task Provision_NameOfTheColumnBesideIsTheSourcesOwn_TakesTheNext()
    {
        var table = Tables.Contact.And(
            Rank, new ColumnDefinition { Name = "rank_2", Type = ColumnType.Text, MaxLength = 90 });
        await using var test = await StartAsync(table);
        var text = table.Change("rank", static column => column with { Type = ColumnType.Text, MaxLength = 100 });

        await test.RestartAsync(text);

        await test.ReadAsync(text, Record, 1, Tables.ValuesOf(text, ("rank", "a"), ("rank_2", "b")));
        test.Row(Record)!["rank_3"].ShouldBe("a");
        test.Row(Record)!["rank_2"].ShouldBe("b");
    }
}

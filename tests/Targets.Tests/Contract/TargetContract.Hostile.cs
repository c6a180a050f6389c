using System.Globalization;
using System.Text;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>Names and values that hardly exist: each is kept as it is, or refused by name and never by value.</summary>
public abstract partial class TargetContract
{
    /// <summary>Nobody looks for what a cell holds.</summary>
    private static readonly object Anything = new();

    public static TheoryData<string> HostileNames { get; } =
    [
        "x];DROP TABLE y--", "a\"b'c", "[br]ack`ets", "שלום עולם", "🚢 ship", "select", "table", "sent columns 0",
        "Sent columns 0", "rowid", "a.b", "$1", "?1", "@p", "{0}", "%s", "back\\slash", "n", "t", "s", "é\u0301",
    ];

    [ContractTheory]
    [MemberData(nameof(HostileNames))]
    public async Task Name_Hostile_StaysANameInEveryStatement(string name)
    {
        var table = Hostile(name, new ColumnDefinition { Name = name, Type = ColumnType.Text, MaxLength = 20 });
        await using var test = await StartAsync(table);
        await EndLoadOfAsync(test, name);
        var other = NewId();
        foreach (var id in new[] { Record, other })
        {
            await test.ReadAsync(table, id, 1, Tables.ValuesOf(
                table, (name, "told"), ("modifiedon", test.Clock.Now.AddMinutes(-1))));
        }

        // Columns that only one of two rows sends, and a text that is too long: all statements there are.
        var results = await test.Target.MergeAsync(
            [Update(Record, (name, Letters(30))), Update(other, ("rank", 7))], default);

        results.ShouldBe([ApplyResult.Applied, ApplyResult.Applied]);
        RowOf(test, table, Record)[test.Dialect.Name(name).Name].ShouldBe(Letters(30));
        RowOf(test, table, other)[test.Dialect.Name(name).Name].ShouldBe("told");
        RowOf(test, table, other)["rank"].ShouldBe(7L);
        (await test.Target.ReadPendingAsync(name, 0, DateTime.MaxValue, 10, default)).Count.ShouldBe(2);
        (await test.Target.CountRowsAsync(name, default)).ShouldBe(2);
        await test.Target.MergeAsync([new MergeItem(name, Record, Deletion(test))], default);
        test.DeleteLog(Record).Single()["EntityName"].ShouldBe(name);

        MergeItem Update(Guid id, (string, object?) sent) => new(
            name, id, new Evidence(EvidenceKind.NotifiedUpdate, test.Clock.Now.AddSeconds(1)),
            Tables.ValuesOf(table, sent));
    }

    [ContractTheory]
    [InlineData(50)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(1000)]
    public async Task Name_Long_IsKeptOrRefusedByName(int letters)
    {
        var (first, second) = (new string('a', letters - 1) + "b", new string('a', letters - 1) + "c");
        var table = Tables.Contact.And(
            new ColumnDefinition { Name = first, Type = ColumnType.Integer },
            new ColumnDefinition { Name = second, Type = ColumnType.Integer });
        await using var test = await StartAsync();

        if (letters > 128)
        {
            await RefusedAsync(test, table, "contact", first[..128]);
            await RefusedAsync(test, Tables.Contact with { Name = first }, first[..40]);
            return;
        }

        await test.RestartAsync(table);
        await test.ReadAsync(table, Record, 1, Tables.ValuesOf(table, (first, 1), (second, 2)));
        test.Row(Record)![test.Dialect.Name(first).Name].ShouldBe(1L);
        test.Row(Record)![test.Dialect.Name(second).Name].ShouldBe(2L);
    }

    [ContractTheory]
    [InlineData(60)]
    [InlineData(64)]
    [InlineData(65)]
    public async Task Name_LongOfATable_IsKeptOrRefusedByName(int letters)
    {
        var table = Tables.Contact with { Name = new string('ø', letters) };
        await using var test = await StartAsync();
        if (letters > 64)
        {
            await RefusedAsync(test, table, table.Name);
            return;
        }

        await test.RestartAsync(table);
        await test.ReadAsync(table, Record, 1, Tables.Values("Ann"));
        RowOf(test, table, Record)["fullname"].ShouldBe("Ann");
        (await test.StateAsync(table.Name)).Phase.ShouldBe(TableSyncPhase.NotStarted);
    }

    [ContractFact]
    public async Task Name_ColumnsDifferInCaseOnly_AreRefusedByBothNames()
    {
        await using var test = await StartAsync();

        await RefusedAsync(
            test, Tables.Contact.And(Rank with { Name = "Rank" }, Rank with { Name = "RANK" }),
            "contact", "'Rank'", "'RANK'");
    }

    [ContractFact]
    public async Task Name_TablesDifferInCaseOnly_AreRefusedByBothNames()
    {
        await using var test = await StartAsync();

        var refusal = await Should.ThrowAsync<TargetRefusedException>(
            () => test.Target.ProvisionAsync([Tables.Contact, Tables.Contact with { Name = "Contact" }], default));

        refusal.Message.ShouldContain("'contact'");
        refusal.Message.ShouldContain("'Contact'");
    }

    [ContractTheory]
    [InlineData("Id")]
    [InlineData("sinkcreatedon")]
    [InlineData("SinkModifiedOn")]
    [InlineData("parentid_entitytype")]
    [InlineData("new\nline")]
    [InlineData("")]
    public async Task Name_ThatNoColumnCanHave_IsRefusedWithTableAndColumn(string name)
    {
        await using var test = await StartAsync();

        await RefusedAsync(
            test, Tables.Contact.And(Rank with { Name = name }), "contact", name.Split('\n')[0]);
        await test.RestartAsync(Tables.Contact);
        (await test.LoadAsync(Record, version: 1)).ShouldBe(ApplyResult.Applied);
    }

    [ContractFact]
    public async Task Name_WithHalfACharacter_IsRefusedWithTableAndColumn()
    {
        await using var test = await StartAsync();

        await RefusedAsync(test, Tables.Contact.And(Rank with { Name = "half" + '\uD800' }), "contact", "half");
    }

    [ContractTheory]
    [InlineData("modifiedon")]
    [InlineData("versionnumber")]
    [InlineData("fullname,city,modifiedon,versionnumber,parentid")]
    [InlineData("contactid,fullname,city,modifiedon,versionnumber,parentid")]
    public async Task Table_ThatLacksWhatMostHave_TakesWhatTheFenceAllows(string missing)
    {
        var table = Tables.Contact.Without(missing.Split(','));
        await using var test = await StartAsync(table);
        await test.EndLoadAsync();
        var nothing = Tables.ValuesOf(table);
        var (read, created) = (NewId(), NewId());

        (await test.ReadAsync(table, read, 5, nothing)).ShouldBe(ApplyResult.Applied);
        (await test.MergeAsync(created, new Evidence(EvidenceKind.NotifiedCreate, test.Clock.Now), nothing))
            .ShouldBe(ApplyResult.Applied);
        (await test.ReadAsync(table, read, 6, nothing)).ShouldBe(ApplyResult.Applied);
        test.Row(read)!["versionnumber"].ShouldBe(6L);
        test.Row(created)!["versionnumber"].ShouldBeNull();

        var update = await test.MergeAsync(
            created, new Evidence(EvidenceKind.NotifiedUpdate, test.Clock.Now.AddSeconds(1)), nothing);
        update.ShouldBe(table.OrdinalOf("modifiedon") < 0
            ? ApplyResult.Uncertain(UncertainReason.NoModifiedOn)
            : ApplyResult.Applied);
        (await test.MergeAsync(read, Deletion(test))).ShouldBe(ApplyResult.Applied);
        test.DeleteLog(read).Single()["VersionNumber"].ShouldBe(6L);
    }
}

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

    [ContractTheory]
    [MemberData(nameof(HostileValues))]
    public async Task Value_Hostile_IsKeptOrRefusedByNameAndHarmsNoOther(string column, object value, object? stored)
    {
        await using var test = await StartAsync(Tables.AllTypes);
        var (before, behind) = (NewId(), NewId());
        var bad = SampleItem(test, Record, column, Written(value));
        MergeItem[] good = [SampleItem(test, before, "name", "Ann"), SampleItem(test, behind, "name", "Bea")];
        try
        {
            var results = await test.Target.MergeAsync([good[0], bad, good[1]], default);

            results.ShouldAllBe(static result => result.Status == ApplyStatus.Applied);
            stored.ShouldNotBe("refused");
            if (stored != Anything)
            {
                var expected = value is DateTime && stored is string time ? test.Kept(time) : stored;
                test.Row(Record, "crm_sample")![column].ShouldBe(expected);
            }
        }
        catch (TargetRefusedException refusal)
        {
            refusal.Message.ShouldContain("sample");
            refusal.Message.ShouldContain($"'{column}");
            refusal.ToString().ShouldNotContain(Shown(value));
            test.Rows("SELECT Id FROM crm_sample").ShouldBeEmpty();
            (await test.Target.MergeAsync(good, default))
                .ShouldAllBe(static result => result.Status == ApplyStatus.Applied);
            test.Row(Record, "crm_sample").ShouldBeNull();
        }

        test.Row(behind, "crm_sample")!["name"].ShouldBe("Bea");
    }

    /// <summary>Column, value, and what a reader finds where it is taken; "refused" where no engine may.</summary>
    public static TheoryData<string, object, object?> HostileValues { get; } = new()
    {
        { "modifiedon", DateTime.MinValue, "0001-01-01 00:00:00.000" },
        { "modifiedon", DateTime.MaxValue, "9999-12-31 23:59:59.999" },
        { "birthdate", DateTime.MaxValue, "9999-12-31 00:00:00.000" },
        { "rate", "d:10000000000000000000000000000", 1e28 },
        { "rate", "d:-10000000000000000000000000000", -1e28 },
        { "rate", "d:9999999999999999999999999999", 1e28 },
        { "rate", "d:79228162514264337593543950335", 7.9228162514264337593543950335e28 },
        { "revenue", "d:10000000000000000000000000000", 1e28 },
        { "revenue", "d:-12345678901234567890123456.78", -12345678901234567890123456.78 },
        { "revenue", "d:0.0000000000000000000000000001", Anything },
        { "latitude", 99999999999.12345, 99999999999.12345 },
        { "latitude", double.NaN, "refused" },
        { "latitude", double.PositiveInfinity, double.PositiveInfinity },
        { "latitude", double.NegativeInfinity, double.NegativeInfinity },
        { "latitude", 1e300, 1e300 },
        { "latitude", double.Epsilon, Anything },
        { "latitude", -0.0, Anything },
        { "quantity", long.MaxValue, long.MaxValue },
        { "quantity", long.MinValue, long.MinValue },
        { "quantity", "no number", "no number" },
        { "statuscode", (long)int.MaxValue + 1, (long)int.MaxValue + 1 },
        { "name", "", "" },
        { "name", "h:610062", "a\0b" },
        { "name", "h:61FF", "refused" },
        { "name", "h:EDA080", "refused" },
        { "name", "h:F09F9A", "refused" },
        { "name", "ships:50", Ships(50) },
        { "name", "ships:51", Ships(51) },
        { "name", "ships:100", Ships(100) },
        { "name", "trail:" + new string(' ', 150), new string(' ', 150) },
        { "description", "ships:250000", Ships(250_000) },
        { "owneridtype", "ships:3000", Ships(3000) },
        { "colours", "h:00", "\0" },
        { "ownerid", "l:" + new string('z', 200), "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee" },
        { "ownerid", "l:" + new string('z', 128), "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee" },
        { "ownerid", "l:a\0b", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee" },
        { "ownerid", 5L, 5L },
    };

    [ContractFact]
    public async Task Value_EmptyTextAndNoText_StayApart()
    {
        await using var test = await StartAsync(Tables.AllTypes);

        var row = await WriteAsync(test, static builder => builder.AddText(Ordinal("name"), default));

        row["name"].ShouldBe("");
        row["description"].ShouldBeNull();
    }

    [ContractFact]
    public async Task Value_TextAtTheExactLimit_WidensNothing()
    {
        await using var test = await StartAsync(Tables.AllTypes);

        await WriteAsync(test, static builder => builder.AddText(Ordinal("name"), Encoding.UTF8.GetBytes(Ships(50))));

        test.SchemaChanges().ShouldBe(["TableCreated "]);
    }

    [ContractFact]
    public async Task Provision_LabelsLongerThanDesHadRoomFor_AreCutAndStopNothing()
    {
        var table = Tables.Contact.And(new ColumnDefinition
        {
            Name = "industry", Type = ColumnType.Choice, OptionSetName = new string('o', 100), IsGlobalOptionSet = true,
            Options = [new(1, Ships(300), 1033), new(2, "a\0b", 1033), new(3, "half\uD83D", 1033)],
        });

        await using var test = await StartAsync(table);

        var labels = test.Rows(
            $"SELECT LocalizedLabel FROM crm_GlobalOptionsetMetadata ORDER BY {test.Quoted("Option")}")
            .Select(static row => (string)row["LocalizedLabel"]!).ToList();
        labels.ShouldBe([Ships(175), "a\uFFFDb", "half\uFFFD"]);
    }

    private static TableDefinition Hostile(string name, ColumnDefinition column) =>
        Tables.Contact.Without("fullname", "city").And(Rank, column) with { Name = name };

    private static Task EndLoadOfAsync(TestTarget test, string table) => test.EndLoadAsync(table);

    private static Evidence Deletion(TestTarget test) => new(EvidenceKind.NotifiedDelete, test.Clock.Now.AddMinutes(1));

    private static Dictionary<string, object?> RowOf(TestTarget test, TableDefinition table, Guid id) =>
        test.Rows($"SELECT * FROM {test.Quoted($"crm_{table.Name}")} WHERE Id = '{id}'").Single();

    private static async Task RefusedAsync(TestTarget test, TableDefinition table, params string[] named)
    {
        var refusal = await Should.ThrowAsync<TargetRefusedException>(
            () => test.Target.ProvisionAsync([table], default));
        refusal.Message.ShouldNotContain('\n');
        foreach (var name in named)
        {
            refusal.Message.ShouldContain(name, Case.Insensitive);
        }
    }

    private static MergeItem SampleItem(TestTarget test, Guid id, string column, object value) => new(
        "sample", id, new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now.AddSeconds(-1), new(1)),
        Tables.ValuesOf(Tables.AllTypes, (column, value)));

    /// <summary>Values that no attribute can hold are told by a letter and a colon.</summary>
    private static object Written(object value) => value is not string text ? value : text.Split(':', 2) switch
    {
        ["d", var number] => decimal.Parse(number, CultureInfo.InvariantCulture),
        ["h", var bytes] => Convert.FromHexString(bytes),
        ["ships", var count] => Ships(int.Parse(count, CultureInfo.InvariantCulture)),
        ["trail", var spaces] => spaces,
        ["l", var table] => (Other, table),
        _ => text,
    };

    /// <summary>
    /// What must not be found in a message; something that is never there for values that have no text.
    /// </summary>
    private static string Shown(object value) => Written(value) switch
    {
        string { Length: > 0 } text => text,
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        long number and > 1000 => number.ToString(CultureInfo.InvariantCulture),
        (Guid, string table) => table,
        byte[] bytes => Encoding.Latin1.GetString(bytes),
        _ => "no such text",
    };

    /// <summary>Characters of two UTF-16 units each.</summary>
    private static string Ships(int count) => string.Concat(Enumerable.Repeat("🚢", count));
}

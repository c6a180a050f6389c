using System.Globalization;
using System.Text;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

public abstract partial class TargetContract
{
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

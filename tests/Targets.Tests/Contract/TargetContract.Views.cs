using DataExport.Grains.Ports;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Tests.Contract;

/// <summary>What the views for reports show.</summary>
public abstract partial class TargetContract
{
    private static readonly TargetExtras Views = new(Views: true);

    [ContractFact]
    public async Task View_Codes_HaveTheirLabelsBesideThem()
    {
        await using var test = await StartWithViewsAsync(Tables.AllTypes);
        await ReadSampleAsync(
            test, ("industry", 1), ("region", 7), ("statecode", 1), ("statuscode", 2), ("isactive", true));

        var row = test.Row(Record, "crm_sample_view")!;
        row["industry"].ShouldBe(1L);
        row["industry_label"].ShouldBe("Mining");
        row["region_label"].ShouldBe("North");
        row["statecode_label"].ShouldBe("Inactive");
        row["statuscode_label"].ShouldBe("Won");
        row["isactive_label"].ShouldBe("Yes");
        row.Keys.ShouldNotContain("quantity_label");
        row.Keys.ShouldBeSubsetOf([.. test.Row(Record, "crm_sample")!.Keys, .. row.Keys.Where(IsBeside)]);
    }

    [ContractFact]
    public async Task View_NoCode_HasNoLabel()
    {
        await using var test = await StartWithViewsAsync(Tables.AllTypes);
        await ReadSampleAsync(test, ("industry", null), ("statecode", 99));

        var row = test.Row(Record, "crm_sample_view")!;
        row["industry_label"].ShouldBeNull();
        row["statecode_label"].ShouldBeNull();
        row["isactive_label"].ShouldBeNull();
    }

    [ContractFact]
    public async Task View_LabelsInSeveralLanguagesAndTwoOfTheUser_ShowsEachRowOnce()
    {
        await using var test = await StartWithViewsAsync(Tables.AllTypes);
        await ReadSampleAsync(test, ("industry", 1));

        test.Execute(
            $"""
            UPDATE crm_OptionsetMetadata SET IsUserLocalizedLabel = {test.Yes} WHERE LocalizedLabelLanguageCode = 1031
            """);

        test.Rows("SELECT Id, industry_label FROM crm_sample_view").ShouldHaveSingleItem()["industry_label"]
            .ShouldBe("Bergbau");
    }

    [ContractFact]
    public async Task View_LabelChangedAtTheSource_ShowsItAndIsNotMadeAgain()
    {
        await using var test = await StartWithViewsAsync(Tables.AllTypes);
        await ReadSampleAsync(test, ("industry", 1));

        await test.RestartAsync(Tables.AllTypes.Change(
            "industry", static column => column with { Options = [new(1, "Mines", 1033)] }));

        test.Row(Record, "crm_sample_view")!["industry_label"].ShouldBe("Mines");
        test.SchemaChanges().ShouldBe(["TableCreated ", "ViewMade ", "ViewMade "]);
    }

    [ContractFact]
    public async Task View_Instant_IsShownWithItsZoneAndOtherTimesAreNot()
    {
        var table = Tables.AllTypes.And(new ColumnDefinition
        {
            Name = "opensat", Type = ColumnType.DateTime, IsTimeZoneIndependent = true,
        });
        await using var test = await StartWithViewsAsync(table);
        var instant = new DateTime(2026, 3, 1, 12, 30, 15, 123, DateTimeKind.Utc);
        await test.ReadAsync(
            table, Record, 1, Tables.ValuesOf(table, ("modifiedon", instant), ("birthdate", instant.Date)));

        var row = test.Row(Record, "crm_sample_view")!;
        row["modifiedon_utc"].ShouldBe(test.Kept("2026-03-01 12:30:15.123") + "Z");
        row["modifiedon"].ShouldBe(test.Kept("2026-03-01 12:30:15.123"));
        row.Keys.Where(static name => name.EndsWith("_utc", StringComparison.Ordinal)).ShouldBe(["modifiedon_utc"]);
    }

    [ContractFact]
    public async Task View_MultiSelect_HasARowANumberWithItsLabel()
    {
        var table = Tables.AllTypes.Change("colours", static column => column with
        {
            OptionSetName = "sample_colours",
            Options = [new(1, "Red", 1033), new(1, "Rot", 1031), new(-5, "Blue", 1033), new(100000002, "Grey", 1033)],
        });
        await using var test = await StartWithViewsAsync(table);
        await ReadSampleAsync(test, ("colours", "-5;1;100000002;7"));

        test.Rows("SELECT * FROM crm_sample_colours ORDER BY Value").Select(static row => string.Join(' ', row.Values))
            .ShouldBe([$"{Record} -5 Blue", $"{Record} 1 Red", $"{Record} 7 ", $"{Record} 100000002 Grey"]);
    }

    [ContractTheory]
    [InlineData("")]
    [InlineData("a;b")]
    [InlineData("[-1,2]")]
    [InlineData("red;]")]
    public async Task View_MultiSelectThatSomebodyElseWrote_ShowsNoNumber(string text)
    {
        await using var test = await StartWithViewsAsync(Tables.AllTypes);
        await ReadSampleAsync(test, ("colours", "1"));

        test.Execute($"UPDATE crm_sample SET colours = '{text}'");

        test.Rows("SELECT * FROM crm_sample_colours").ShouldBeEmpty();
        test.Rows("SELECT * FROM crm_sample_view").Count.ShouldBe(1);
    }

    [ContractTheory]
    [MemberData(nameof(HostileNames))]
    public async Task View_HostileNames_ShowsLabelsAndNumbers(string name)
    {
        var (kind, more) = ($"a {name}", $"b {name}");
        var table = Hostile(name, new ColumnDefinition
        {
            Name = kind, Type = ColumnType.Choice, Options = [new(1, name, 1033)],
        }).And(new ColumnDefinition
        {
            Name = more, Type = ColumnType.MultiSelect, Options = [new(2, name + name, 1033)],
        });
        await using var test = await StartWithViewsAsync(table);
        await test.ReadAsync(table, Record, 1, Tables.ValuesOf(table, (kind, 1), (more, "2")));

        test.Rows($"SELECT {test.Quoted(kind + "_label")} AS shown FROM {test.Quoted($"crm_{name}_view")}").Single()
            ["shown"].ShouldBe(name);
        test.Rows($"SELECT * FROM {test.Quoted($"crm_{name}_{more}")}").Single()["Label"].ShouldBe(name + name);
    }

    [ContractFact]
    public async Task View_WithoutTheSetting_IsNotMade()
    {
        await using var test = await StartAsync(Tables.AllTypes);

        test.Catalogue().ShouldNotContain("crm_sample_view");
        test.SchemaChanges().ShouldBe(["TableCreated "]);
    }

    private static bool IsBeside(string column) =>
        column.EndsWith("_label", StringComparison.Ordinal) || column.EndsWith("_utc", StringComparison.Ordinal);

    private static Task<ApplyResult> ReadSampleAsync(TestTarget test, params ReadOnlySpan<(string, object?)> values) =>
        test.ReadAsync(Tables.AllTypes, Record, 1, Tables.ValuesOf(Tables.AllTypes, values));

    private async Task<TestTarget> StartWithViewsAsync(params TableDefinition[] tables)
    {
        var test = await CreateAsync();
        test.Extras = Views;
        return await TestTarget.StartAsync(test, tables);
    }
}

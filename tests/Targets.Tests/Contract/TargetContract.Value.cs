using System.Globalization;
using System.Text;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Tests.Contract;

/// <summary>What a reader finds in the cells.</summary>
public abstract partial class TargetContract
{
    private static readonly Guid Other = Guid.Parse("AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE");

    [ContractFact]
    public async Task Merge_ValueOfEveryType_IsStoredInItsForm()
    {
        await using var test = await StartAsync(Tables.AllTypes);

        var row = await WriteAsync(test, builder =>
        {
            builder.AddText(Ordinal("name"), "Ærøskøbing 🚢"u8);
            builder.AddText(Ordinal("description"), "two\nlines"u8);
            builder.Add(Ordinal("quantity"), (long)int.MinValue);
            builder.Add(Ordinal("isactive"), true);
            builder.Add(Ordinal("modifiedon"), new DateTime(2026, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc));
            builder.Add(Ordinal("birthdate"), new DateTime(1900, 1, 2, 3, 4, 5, DateTimeKind.Utc));
            builder.Add(Ordinal("rate"), 1.0000000001m);
            builder.Add(Ordinal("latitude"), 59.91273);
            builder.Add(Ordinal("revenue"), 1234.50m);
            builder.Add(Ordinal("industry"), 2L);
            builder.AddLookup(Ordinal("ownerid"), Other, "team"u8);
            builder.AddLookup(Ordinal("parentid"), Other, default);
            builder.Add(Ordinal("stageid"), Other);
            builder.AddText(Ordinal("owneridtype"), "team"u8);
            builder.AddText(Ordinal("colours"), "1;2"u8);
        });

        row["name"].ShouldBe("Ærøskøbing 🚢");
        row["description"].ShouldBe("two\nlines");
        row["quantity"].ShouldBe((long)int.MinValue);
        row["isactive"].ShouldBe(1L);
        row["modifiedon"].ShouldBe(test.Kept("2026-02-03 04:05:06.789"));
        row["birthdate"].ShouldBe("1900-01-02 00:00:00.000");
        row["rate"].ShouldBe(1.0000000001);
        row["latitude"].ShouldBe(59.91273);
        row["revenue"].ShouldBe(1234.5);
        row["industry"].ShouldBe(2L);
        row["ownerid"].ShouldBe("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
        row["ownerid_entitytype"].ShouldBe("team");
        row["parentid_entitytype"].ShouldBe("sample");
        row["stageid"].ShouldBe("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");
        row["colours"].ShouldBe("1;2");
        row["region"].ShouldBeNull();
        row["Id"].ShouldBe("0f8fad5b-d9cb-469f-a165-70867728950e");
        row["sampleid"].ShouldBe(row["Id"]);
    }

    [ContractFact]
    public async Task Merge_TextThatLooksLikeANumber_StaysText()
    {
        await using var test = await StartAsync(Tables.AllTypes);

        var row = await WriteAsync(test, builder =>
        {
            builder.AddText(Ordinal("name"), "007.50"u8);
            builder.AddText(Ordinal("description"), "1e3"u8);
            builder.AddText(Ordinal("colours"), "12"u8);
        });

        row["name"].ShouldBe("007.50");
        row["description"].ShouldBe("1e3");
        row["colours"].ShouldBe("12");
    }

    [ContractFact]
    public async Task NotifiedUpdate_LookupSetToNothing_EmptiesItsEntityType()
    {
        await using var test = await StartAsync(Tables.Contact);
        var builder = new ColumnValuesBuilder();
        builder.AddLookup(5, Other, "account"u8);
        builder.Add(3, test.Clock.Now.AddMinutes(-1));
        await test.MergeAsync(
            Record,
            new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now, new(1)),
            builder.Build(Tables.Contact.Layout));
        builder.AddNull(5);

        await test.MergeAsync(
            Record,
            new Evidence(EvidenceKind.NotifiedUpdate, test.Clock.Now.AddSeconds(1)),
            builder.Build(Tables.Contact.Layout));

        test.Row(Record)!["parentid"].ShouldBeNull();
        test.Row(Record)!["parentid_entitytype"].ShouldBeNull();
    }

    [ContractFact]
    public async Task NotifiedUpdate_VersionNumberAmongTheColumns_StaysProvisional()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.LoadAsync(Record, version: 1);
        var builder = new ColumnValuesBuilder();
        builder.Add(4, 99L);
        builder.Add(0, Other);
        builder.Add(3, test.Clock.Now.AddYears(1));

        await test.MergeAsync(
            Record,
            new Evidence(EvidenceKind.NotifiedUpdate, test.Clock.Now.AddSeconds(1)),
            builder.Build(Tables.Contact.Layout));

        var row = test.Row(Record)!;
        row["versionnumber"].ShouldBeNull();
        row["contactid"].ShouldBe(row["Id"]);
        row["modifiedon"].ShouldBe("2026-03-01 12:00:01.000");
    }

    [ContractTheory]
    [InlineData(EvidenceKind.NotifiedCreate)]
    [InlineData(EvidenceKind.NotifiedUpdate)]
    [InlineData(EvidenceKind.ReadUpsert)]
    [InlineData(EvidenceKind.FetchedRow)]
    public async Task Merge_ValuesOfAnotherLayout_AreAskedForAndNotWritten(EvidenceKind kind)
    {
        await using var test = await StartAsync(Tables.Contact);
        var builder = new ColumnValuesBuilder();
        builder.AddText(1, "Ann"u8);

        var result = await test.MergeAsync(
            Record, new Evidence(kind, test.Clock.Now, new(1)), builder.Build(Tables.AllTypes.Layout));

        result.Question.ShouldBe(UncertainReason.OtherLayout);
        test.Row(Record).ShouldBeNull();
        (await test.QuestionAsync(Record))!.Reason.ShouldBe(UncertainReason.OtherLayout);
    }

    private static int Ordinal(string column) => Tables.AllTypes.OrdinalOf(column);

    private static async Task<Dictionary<string, object?>> WriteAsync(TestTarget test, Action<ColumnValuesBuilder> fill)
    {
        var builder = new ColumnValuesBuilder();
        fill(builder);
        var evidence = new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now.AddSeconds(-1), new VersionNumber(1));
        await test.Target.MergeAsync(
            [new MergeItem("sample", Record, evidence, builder.Build(Tables.AllTypes.Layout))], default);
        return test.Row(Record, "crm_sample")!;
    }
}

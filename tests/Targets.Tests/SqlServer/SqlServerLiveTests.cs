using System.Text;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Tests.Contract;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.Tests.SqlServer;

/// <summary>What SQL Server does otherwise than the other engines.</summary>
[NeedsSqlServer]
public sealed partial class SqlServerLiveTests(SqlServerDatabase database) : IClassFixture<SqlServerDatabase>
{
    private const string Hostile = "x];DROP TABLE y--'\"🚢";

    private static readonly Guid _record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [ContractTheory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(250)]
    public async Task Merge_NewRows_AreTheSameInBulkAndOneByOne(int rows)
    {
        await using var test = await StartAsync(Tables.AllTypes);
        var ids = Enumerable.Range(0, rows).Select(static _ => Guid.NewGuid()).ToArray();

        var results = await test.Target.MergeAsync([.. ids.Select((id, row) => Sample(test, id, row, 1))], default);

        results.ShouldAllBe(static result => result == ApplyResult.Applied);
        (await test.Target.CountRowsAsync("sample", default)).ShouldBe(rows);
        var last = test.Row(ids[^1], "crm_sample")!;
        last["name"].ShouldBe($"Ærø 🚢 {rows - 1}");
        last["revenue"].ShouldBe(rows - 0.5);
        last["isactive"].ShouldBe(1L);
        last["description"].ShouldBe(rows % 2 == 1 ? new string('x', 9_000) : null);
        last["parentid_entitytype"].ShouldBe("sample");
        last["versionnumber"].ShouldBe(1L);
    }

    [ContractFact]
    public async Task Merge_ManyRowsAgain_AreWrittenOverAndDeleted()
    {
        await using var test = await StartAsync(Tables.AllTypes);
        var ids = Enumerable.Range(0, 300).Select(static _ => Guid.NewGuid()).ToArray();
        await test.Target.MergeAsync([.. ids.Select((id, row) => Sample(test, id, row, 1))], default);
        test.Clock.Advance(TimeSpan.FromMinutes(1));

        await test.Target.MergeAsync(
            [.. ids[..200].Select((id, row) => Sample(test, id, row + 1_000, 2)), .. ids[200..].Select(Deletion)],
            default);

        (await test.Target.CountRowsAsync("sample", default)).ShouldBe(200);
        test.Row(ids[0], "crm_sample")!["name"].ShouldBe("Ærø 🚢 1000");
        test.Rows("SELECT Id FROM crm_DeleteLog").Count.ShouldBe(100);

        MergeItem Deletion(Guid id) => new("sample", id, new Evidence(EvidenceKind.ReadDeletion, test.Clock.Now));
    }

    [ContractFact]
    public async Task Merge_PagesOfAnInitialSync_AreLoadedAndAPageThatComesAgainIsMerged()
    {
        await using var test = await StartAsync(Tables.AllTypes);
        var ids = Enumerable.Range(0, 800).Select(static _ => Guid.NewGuid()).ToArray();
        MergeItem[] page = [.. ids[..600].Select((id, row) => Sample(test, id, row, row + 1))];

        var loaded = await test.Target.MergeAsync(page, default);
        var again = await test.Target.MergeAsync(
            [.. page[100..], .. ids[600..].Select((id, row) => Sample(test, id, row, 2_000))], default);

        loaded.ShouldAllBe(static result => result == ApplyResult.Applied);
        again.Count(static result => result == ApplyResult.Superseded).ShouldBe(500);
        again.Count(static result => result == ApplyResult.Applied).ShouldBe(200);
        (await test.Target.CountRowsAsync("sample", default)).ShouldBe(800);
        test.Rows("SELECT HighestVersion FROM crm_TableSync").Single()["HighestVersion"].ShouldBe(2_000L);
    }

    [ContractFact]
    public async Task Merge_DeletedAndRestoredInOneBatch_IsBornAnewInBulk()
    {
        await using var test = await StartAsync(Tables.AllTypes);
        test.Options.BulkRowsMin = 1;
        await test.Target.MergeAsync([Sample(test, _record, 1, 1)], default);
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        var deletion = new Evidence(EvidenceKind.ReadDeletion, test.Clock.Now);
        var restored = Sample(test, _record, 2, 2) with
        {
            Evidence = new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now.AddSeconds(1), new VersionNumber(2)),
        };

        await test.Target.MergeAsync([new MergeItem("sample", _record, deletion), restored], default);

        var row = test.Row(_record, "crm_sample")!;
        row["name"].ShouldBe("Ærø 🚢 2");
        row["SinkCreatedOn"].ShouldBe(row["SinkModifiedOn"]);
        test.DeleteLog(_record).Count.ShouldBe(1);
    }

    public static TheoryData<string, object> Refused => new()
    {
        { "modifiedon", new DateTime(1752, 12, 31, 23, 59, 59, DateTimeKind.Utc) },
        { "birthdate", DateTime.MinValue },
        { "rate", 10_000_000_000_000_000_000_000_000_000m },
        { "rate", decimal.MaxValue },
        { "latitude", double.NaN },
        { "latitude", double.PositiveInfinity },
        { "quantity", long.MaxValue },
    };

    [ContractTheory]
    [MemberData(nameof(Refused))]
    public async Task Merge_ValueThatNoColumnHolds_IsRefusedByItsNameAndTheNextMergeGoesOn(string column, object value)
    {
        await using var test = await StartAsync(Tables.AllTypes);
        var bad = Item(test, _record, 1, builder => Add(builder, column, value));

        var fault = await Should.ThrowAsync<TargetRefusedException>(
            () => test.Target.MergeAsync([Sample(test, Guid.NewGuid(), 1, 1), bad], default));

        fault.Message.ShouldContain($"'{column}'");
        (await test.Target.CountRowsAsync("sample", default)).ShouldBe(0);
        (await test.Target.MergeAsync([Sample(test, _record, 1, 1)], default)).ShouldHaveSingleItem()
            .ShouldBe(ApplyResult.Applied);
    }

    [ContractFact]
    public async Task Merge_ValuesAtTheEdge_AreStored()
    {
        await using var test = await StartAsync(Tables.AllTypes);
        await test.Target.MergeAsync(
            [
                Item(test, _record, 1, builder =>
                {
                    builder.AddText(Ordinal("name"), "a\uFFFDb"u8);
                    builder.AddText(Ordinal("description"), Encoding.UTF8.GetBytes(new string('ø', 1_000_000)));
                    builder.Add(Ordinal("quantity"), (long)int.MaxValue);
                    builder.Add(Ordinal("modifiedon"), DateTime.MaxValue);
                    builder.Add(Ordinal("birthdate"), new DateTime(1753, 1, 1, 0, 0, 0, DateTimeKind.Utc));
                    builder.Add(Ordinal("rate"), 9_999_999_999_999_999_999_999_999_999m);
                    builder.Add(Ordinal("latitude"), 0.000_004_9);
                    builder.Add(Ordinal("revenue"), decimal.MaxValue);
                }),
            ],
            default);

        const string Cells = "modifiedon, birthdate, latitude, revenue, LEN(description) AS letters";
        var row = test.Rows($"SELECT {Cells} FROM crm_sample").Single();
        row["letters"].ShouldBe(1_000_000L);
        row["modifiedon"].ShouldBe("9999-12-31 23:59:59.997");
        row["birthdate"].ShouldBe("1753-01-01 00:00:00.000");
        row["latitude"].ShouldBe(0.0);
        ((double)row["revenue"]!).ShouldBe((double)decimal.MaxValue, 1e14);
    }

    [ContractTheory]
    [InlineData(1)]
    [InlineData(150)]
    public async Task Merge_TextLongerThanItsColumn_WidensItOnceAndGoesOn(int rows)
    {
        await using var test = await StartAsync(Tables.Contact);
        await using var other = test.NewInstance();
        await other.ProvisionAsync([Tables.Contact], default);
        var ids = Enumerable.Range(0, rows).Select(static _ => Guid.NewGuid()).ToArray();

        await test.Target.MergeAsync([.. ids.Select(id => Long(test, id, 200))], default);
        await other.MergeAsync([Long(test, Guid.NewGuid(), 100), Long(test, Guid.NewGuid(), 210)], default);

        ((string)test.Row(ids[^1])!["fullname"]!).Length.ShouldBe(200);
        test.Rows("SELECT * FROM crm_SchemaChanges").Count(static change => change["Change"] is "ColumnWidened")
            .ShouldBe(1);
        DeclaredOf(test, "fullname").ShouldBe("nvarchar 320");
    }

    [ContractFact]
    public async Task Provision_Twice_ChangesNothingAndKeepsItsTypes()
    {
        await using var test = await StartAsync(Tables.Contact, Tables.AllTypes, Tables.Membership);
        var types = TypesOf(test);

        var again = await test.Target.ProvisionAsync([Tables.Contact, Tables.AllTypes, Tables.Membership], default);

        again.Changes.ShouldBeEmpty();
        TypesOf(test).ShouldBe(types);
        types.ShouldContain("crm_contacttype");
        types.ShouldContain("crm_contactidtype");
    }

    [ContractFact]
    public async Task Provision_TypeOfThatNameWithOtherColumns_LeavesItAndTakesTheNextName()
    {
        var test = new SqlServerTestTarget(database.Connection);
        test.Execute($"CREATE TYPE {test.Schema}.crm_contactType AS TABLE (Id uniqueidentifier NULL, more int NULL)");
        await using var started = await TestTarget.StartAsync(test, Tables.Contact);

        (await test.LoadAsync(_record, 1)).ShouldBe(ApplyResult.Applied);

        TypesOf(test).ShouldContain("crm_contacttype2");
        test.Row(_record)!["fullname"].ShouldBe("Ann");
    }

    [ContractFact]
    public async Task Provision_BySeveralSilosAtOnce_MakesEachChangeOnce()
    {
        await using var test = new SqlServerTestTarget(database.Connection);
        var silos = Enumerable.Range(0, 3).Select(_ => test.NewInstance()).ToList();

        var plans = await Task.WhenAll(silos.Select(silo => silo.ProvisionAsync([Tables.Contact], default)));

        plans.Count(static plan => plan.Changes.Count > 0).ShouldBe(1);
        foreach (var silo in silos)
        {
            await silo.DisposeAsync();
        }
    }

    [ContractFact]
    public async Task Merge_HostileNames_AreNames()
    {
        var hostile = Tables.Contact with
        {
            Name = Hostile,
            Columns =
            [
                .. Tables.Contact.Columns, Named("select"), Named("שלום"), Named("two words"), Named("a'b\"c"),
            ],
        };
        await using var test = await StartAsync(hostile);
        var builder = new ColumnValuesBuilder();
        for (var ordinal = 6; ordinal < hostile.Columns.Length; ordinal++)
        {
            builder.AddText(ordinal, "kept"u8);
        }

        var values = builder.Build(hostile.Layout);
        var read = new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now.AddSeconds(-1), new VersionNumber(1));
        var items = Enumerable.Range(0, 150).Select(_ => new MergeItem(Hostile, Guid.NewGuid(), read, values));

        (await test.Target.MergeAsync([.. items], default)).ShouldAllBe(static each => each == ApplyResult.Applied);

        (await test.Target.CountRowsAsync(Hostile, default)).ShouldBe(150);
    }

    [ContractFact]
    public async Task Merge_TombstoneThatDesWroteInUpperCase_IsFound()
    {
        await using var test = await StartAsync(Tables.Contact);
        await test.EndLoadAsync();
        test.Execute(
            "INSERT INTO crm_DeleteLog (EntityName, RecordId, SinkDeleteTime, VersionNumber) "
            + $"VALUES ('contact', '{_record.ToString().ToUpperInvariant()}', '2026-01-01', 7)");

        (await test.NotifyCreateAsync(_record)).Question.ShouldBe(UncertainReason.Tombstone);

        (await test.QuestionAsync(_record))!.Stamp.ShouldBe(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }
}

using System.Text;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Tests.Contract;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.Tests.SqlServer;

/// <summary>What SQL Server does otherwise than the other engines.</summary>
[NeedsSqlServer]
public sealed class SqlServerLiveTests(SqlServerDatabase database) : IClassFixture<SqlServerDatabase>
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

        var row = test.Rows("SELECT modifiedon, birthdate, latitude, revenue, LEN(description) AS letters FROM crm_sample")
            .Single();
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
            Columns = [.. Tables.Contact.Columns, Named("select"), Named("שלום"), Named("two words"), Named("a'b\"c")],
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

    [ContractFact]
    public async Task Merge_LockHeldElsewhere_IsUnavailableAndWritesNothing()
    {
        await using var test = await StartAsync(Tables.Contact);
        test.Options.LockTimeout = TimeSpan.FromMilliseconds(200);
        await using var connection = (SqlConnection)test.Open();
        await using var transaction = connection.BeginTransaction();
        await using var take = connection.CreateCommand();
        take.Transaction = transaction;
        take.CommandText =
            $"""
            EXEC sp_getapplock @Resource = N'DATAEXPORT TABLE "{test.Schema.ToUpperInvariant()}"."CRM_CONTACT"',
                @LockMode = 'Exclusive', @LockOwner = 'Transaction', @LockTimeout = 0
            """;
        _ = await take.ExecuteNonQueryAsync();

        _ = await Should.ThrowAsync<TargetUnavailableException>(() => test.LoadAsync(_record, 1));
        await transaction.RollbackAsync();

        test.Row(_record).ShouldBeNull();
        (await test.LoadAsync(_record, 1)).ShouldBe(ApplyResult.Applied);
    }

    [ContractFact]
    public async Task Merge_TableDroppedMeanwhile_IsUnavailableAndComesBackWithProvisioning()
    {
        await using var test = await StartAsync(Tables.Contact);
        test.Execute("DROP TABLE crm_contact");

        var fault = await Should.ThrowAsync<TargetUnavailableException>(() => test.LoadAsync(_record, 1));
        await test.Target.ProvisionAsync([Tables.Contact], default);

        fault.Message.ShouldContain("contact");
        (await test.LoadAsync(_record, 1)).ShouldBe(ApplyResult.Applied);
    }

    [ContractFact]
    public async Task Merge_SeveralSilosOnHotKeys_LosesNothingAndNobodyFails()
    {
        await using var test = await StartAsync(Tables.Contact, Tables.Account);
        var silos = Enumerable.Range(0, 4).Select(_ => test.NewInstance(TestTarget.Prefix, "SYSUTCDATETIME()")).ToList();
        foreach (var silo in silos)
        {
            await silo.ProvisionAsync([Tables.Contact, Tables.Account], default);
        }

        var ids = Enumerable.Range(1, 20).Select(static id => new Guid(id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).ToArray();
        await Task.WhenAll(silos.Select((silo, number) => Task.Run(() => WriteAsync(silo, number))))
            .WaitAsync(TimeSpan.FromMinutes(3), TimeProvider.System);

        foreach (var table in new[] { "crm_contact", "crm_account" })
        {
            test.Rows($"SELECT versionnumber FROM {table}").Select(static row => row["versionnumber"])
                .ShouldBe(Enumerable.Repeat((object)40L, 20));
        }

        foreach (var silo in silos)
        {
            await silo.DisposeAsync();
        }

        async Task WriteAsync(ITarget silo, int number)
        {
            for (var round = 1; round <= 10; round++)
            {
                var version = (round * 4) - number;
                var read = new Evidence(EvidenceKind.ReadUpsert, await silo.GetUtcNowAsync(default), new(version));
                var results = await silo.MergeAsync(
                    [
                        .. ids.Select(id => new MergeItem("account", id, read, Named("Ann", Tables.Account))),
                        .. ids.Select(id => new MergeItem("contact", id, read, Named("Bea", Tables.Contact))),
                    ],
                    default);
                results.Select(static result => result.Question).Distinct().ShouldBe([UncertainReason.None]);
            }
        }
    }

    private Task<SqlServerTestTarget> StartAsync(params TableDefinition[] tables) =>
        TestTarget.StartAsync(new SqlServerTestTarget(database.Connection), tables);

    private static ColumnDefinition Named(string name) => new() { Name = name, Type = ColumnType.Text, MaxLength = 50 };

    private static ColumnValues Named(string name, TableDefinition table)
    {
        var builder = new ColumnValuesBuilder();
        builder.AddText(1, Encoding.UTF8.GetBytes(name));
        return builder.Build(table.Layout);
    }

    private static MergeItem Long(SqlServerTestTarget test, Guid id, int letters) => new(
        "contact",
        id,
        new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now.AddSeconds(-1), new VersionNumber(1)),
        Tables.Values(new string('x', letters)));

    private static MergeItem Sample(SqlServerTestTarget test, Guid id, int row, long version) =>
        Item(test, id, version, builder =>
        {
            builder.AddText(Ordinal("name"), Encoding.UTF8.GetBytes($"Ærø 🚢 {row}"));
            if (row % 2 == 0)
            {
                builder.AddText(Ordinal("description"), Encoding.UTF8.GetBytes(new string('x', 9_000)));
            }

            builder.Add(Ordinal("quantity"), (long)row);
            builder.Add(Ordinal("isactive"), true);
            builder.Add(Ordinal("revenue"), row + 0.5m);
            builder.AddLookup(Ordinal("parentid"), id, default);
        });

    private static MergeItem Item(SqlServerTestTarget test, Guid id, long version, Action<ColumnValuesBuilder> fill)
    {
        var builder = new ColumnValuesBuilder();
        fill(builder);
        var read = new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now.AddSeconds(-1), new VersionNumber(version));
        return new MergeItem("sample", id, read, builder.Build(Tables.AllTypes.Layout));
    }

    private static void Add(ColumnValuesBuilder builder, string column, object value)
    {
        switch (value)
        {
            case DateTime instant:
                builder.Add(Ordinal(column), instant);
                break;
            case decimal number:
                builder.Add(Ordinal(column), number);
                break;
            case double number:
                builder.Add(Ordinal(column), number);
                break;
            default:
                builder.Add(Ordinal(column), (long)value);
                break;
        }
    }

    private static int Ordinal(string column) => Tables.AllTypes.OrdinalOf(column);

    private static string DeclaredOf(SqlServerTestTarget test, string column)
    {
        var row = test.Rows(
            $"""
            SELECT DATA_TYPE, CHARACTER_MAXIMUM_LENGTH AS Letters FROM INFORMATION_SCHEMA.COLUMNS
            WHERE TABLE_SCHEMA = '{test.Schema}' AND TABLE_NAME LIKE '%_contact' AND COLUMN_NAME = '{column}'
            """).Single();
        return $"{row["DATA_TYPE"]} {row["Letters"]}";
    }

    private static List<string> TypesOf(SqlServerTestTarget test) =>
    [
        .. test.Rows(
            $"SELECT LOWER(name) AS name FROM sys.table_types WHERE schema_id = SCHEMA_ID('{test.Schema}')")
            .Select(static row => (string)row["name"]!).Order(),
    ];
}

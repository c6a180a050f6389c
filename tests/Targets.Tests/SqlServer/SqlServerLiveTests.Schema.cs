using System.Text;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Tests.Contract;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.Tests.SqlServer;

public sealed partial class SqlServerLiveTests
{
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

    [ContractTheory]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(10)]
    public async Task AskRowsNotReadSince_StampedAsTheReadBegan_AsksNothing(double milliseconds)
    {
        // A datetime that shows as .007 is .00666…: compared as what it is, it would be older than itself.
        await using var test = await StartAsync(Tables.Contact);
        test.Clock.AdvanceMilliseconds(milliseconds);
        await test.LoadAsync(_record, 1);
        var began = await test.Target.GetUtcNowAsync(default);

        (await test.Target.AskRowsNotReadSinceAsync("contact", began, default)).ShouldBe(0);
        (await test.Target.AskRowsNotReadSinceAsync("contact", began.AddMilliseconds(4), default)).ShouldBe(1);
    }

    [ContractFact]
    public async Task Merge_RecordBornAndDeletedByTwoSilosAtOnce_HasARowOrATombstoneAndNeverBoth()
    {
        await using var test = await StartAsync(Tables.Contact);
        await using var other = test.NewInstance();
        await other.ProvisionAsync([Tables.Contact], default);
        var ids = Enumerable.Range(0, 40).Select(static _ => Guid.NewGuid()).ToArray();
        var created = new Evidence(EvidenceKind.NotifiedCreate, test.Clock.Now);
        var deleted = new Evidence(EvidenceKind.NotifiedDelete, test.Clock.Now);

        foreach (var chunk in ids.Chunk(10))
        {
            await Task.WhenAll(
                test.Target.MergeAsync(
                    [.. chunk.Select(id => new MergeItem("contact", id, created, Tables.Values("Ann")))], default),
                other.MergeAsync([.. chunk.Select(id => new MergeItem("contact", id, deleted))], default));
        }

        var rows = test.Rows("SELECT Id FROM crm_contact").Select(static row => (string)row["Id"]!);
        var log = test.Rows("SELECT RecordId FROM crm_DeleteLog").Select(static row => (string)row["RecordId"]!);
        rows.Concat(log).Order().ShouldBe(ids.Select(static id => id.ToString()).Order());
    }

    [ContractFact]
    public async Task Merge_SeveralSilosOnHotKeys_LosesNothingAndNobodyFails()
    {
        await using var test = await StartAsync(Tables.Contact, Tables.Account);
        var silos = Enumerable.Range(0, 4)
            .Select(_ => test.NewInstance(TestTarget.Prefix, "SYSUTCDATETIME()")).ToList();
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

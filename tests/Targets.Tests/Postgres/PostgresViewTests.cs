using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Tests.Contract;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Postgres;

/// <summary>What hangs on a view in PostgreSQL: rights, and other people's views.</summary>
public sealed class PostgresViewTests
{
    private static readonly Guid Record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public async Task Merge_TextLongerThanItsColumn_LeavesWhatReadersWereGranted()
    {
        await using var test = await StartAsync();
        test.Execute("GRANT SELECT ON crm_sample_view TO PUBLIC");

        (await LoadAsync(test, new string('x', 300))).ShouldBe(ApplyResult.Applied);

        GrantsOf(test).ShouldContain("=r/");
        test.Row(Record, "crm_sample_view")!["name"].ShouldBe(new string('x', 300));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Provision_ViewBecomesAnother_LeavesWhatReadersWereGranted(bool losesAColumn)
    {
        await using var test = await StartAsync();
        test.Execute("GRANT SELECT ON crm_sample_view TO PUBLIC");

        await test.RestartAsync(losesAColumn
            ? WithoutLabels
            : Tables.AllTypes.And(new ColumnDefinition { Name = "added", Type = ColumnType.DateTime }));

        GrantsOf(test).ShouldContain("=r/");
        ColumnsOf(test).Contains("industry_label").ShouldBe(!losesAColumn);
        ColumnsOf(test).Contains("added_utc").ShouldBe(!losesAColumn);
    }

    [Fact]
    public async Task Provision_SomebodysViewShowsOursWhichLosesAColumn_LeavesBothAndWarns()
    {
        await using var test = await StartAsync();
        test.Execute("CREATE VIEW theirs AS SELECT industry_label FROM crm_sample_view");
        await using var target = test.NewInstance();

        var plan = await target.ProvisionAsync([WithoutLabels], default);

        plan.Warnings.ShouldHaveSingleItem().ShouldContain("crm_sample_view");
        plan.Changes.ShouldBeEmpty();
        ColumnsOf(test).ShouldContain("industry_label");
        (await LoadAsync(test, "Ann")).ShouldBe(ApplyResult.Applied);
    }

    [Fact]
    public async Task Provision_SomebodysViewShowsOursWhichGainsAColumn_IsNotInTheWay()
    {
        await using var test = await StartAsync();
        test.Execute("CREATE VIEW theirs AS SELECT industry_label FROM crm_sample_view");
        await using var target = test.NewInstance();

        var plan = await target.ProvisionAsync(
            [Tables.AllTypes.And(new ColumnDefinition { Name = "added", Type = ColumnType.Integer })], default);

        plan.Warnings.ShouldBeEmpty();
        ColumnsOf(test)[^1].ShouldBe("added");
    }

    [Fact]
    public async Task Provision_SomebodyMadeAViewOfTheNameAnew_LeavesIt()
    {
        await using var test = await StartAsync();
        test.Execute("DROP VIEW crm_sample_view; CREATE VIEW crm_sample_view AS SELECT 1 AS theirs");
        await using var target = test.NewInstance();

        var plan = await target.ProvisionAsync([WithoutLabels], default);

        plan.Warnings.ShouldHaveSingleItem().ShouldContain("crm_sample_view");
        ColumnsOf(test).ShouldBe(["theirs"]);
    }

    private static TableDefinition WithoutLabels { get; } =
        Tables.AllTypes.Change("industry", static column => column with { Options = [] });

    private static string GrantsOf(PostgresTestTarget test) => (string)test.Rows(
        "SELECT relacl::text AS grants FROM pg_class WHERE oid = 'crm_sample_view'::regclass").Single()["grants"]!;

    private static List<string> ColumnsOf(PostgresTestTarget test) =>
    [
        .. test.Rows(
            """
            SELECT attname FROM pg_attribute WHERE attrelid = 'crm_sample_view'::regclass AND attnum > 0
            ORDER BY attnum
            """).Select(static row => (string)row["attname"]!),
    ];

    private static Task<ApplyResult> LoadAsync(PostgresTestTarget test, string name) =>
        test.ReadAsync(Tables.AllTypes, Record, 1, Tables.ValuesOf(Tables.AllTypes, ("name", name)));

    private static async Task<PostgresTestTarget> StartAsync()
    {
        var test = new PostgresTestTarget(await PostgresServer.ConnectionAsync())
        {
            Extras = new TargetExtras(Views: true),
        };
        return await TestTarget.StartAsync(test, Tables.AllTypes);
    }
}

using DataExport.Grains.Ports;
using DataExport.Targets.Tests.Contract;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Postgres;

/// <summary>What only PostgreSQL has: names in two cases, columns of its own, types with lengths.</summary>
public sealed class PostgresSchemaTests
{
    private static readonly Guid Record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Theory]
    [InlineData("xmin")]
    [InlineData("CTID")]
    [InlineData("tableoid")]
    public async Task Provision_ColumnNamedLikeOneOfTheServers_IsRefusedByName(string name)
    {
        await using var test = await StartAsync();

        var refusal = await Should.ThrowAsync<TargetRefusedException>(() => test.RestartAsync(
            Tables.Contact.And(new ColumnDefinition { Name = name, Type = ColumnType.Integer })));

        refusal.Message.ShouldContain("contact");
        refusal.Message.ShouldContain(name);
    }

    [Fact]
    public async Task Provision_TableWithNamesInCapitals_IsRefusedByName()
    {
        await using var test = await StartAsync();
        test.Execute(
            """
            CREATE TABLE crm_account ("Id" uuid PRIMARY KEY, "SinkCreatedOn" timestamp, "SinkModifiedOn" timestamp)
            """);

        (await Should.ThrowAsync<TargetRefusedException>(() => test.RestartAsync(Tables.Account)))
            .Message.ShouldContain("crm_account");
    }

    [Fact]
    public async Task Provision_ExtraColumnsDifferInCaseOnly_AreKept()
    {
        await using var test = await StartAsync();
        test.Execute(
            """
            CREATE TABLE crm_account (id uuid PRIMARY KEY, sinkcreatedon timestamp, sinkmodifiedon timestamp,
                "City" text)
            """);

        await test.RestartAsync(Tables.Account);

        test.TypeOf("City", "crm_account").ShouldBe("text");
        test.TypeOf("city", "crm_account").ShouldBe("character varying(80)");
    }

    [Fact]
    public async Task Merge_TextLongerThanItsColumn_GivesItTwiceTheRoomItHad()
    {
        await using var test = await StartAsync();

        await test.LoadAsync(Record, version: 1, new string('x', 161));

        test.TypeOf("fullname").ShouldBe("character varying(320)");
        test.Rows("SELECT Detail FROM crm_SchemaChanges WHERE ColumnName = 'fullname'").Single()["Detail"]
            .ShouldBe("varchar(320)");
    }

    [Fact]
    public async Task Provision_NumberWithFewerDigitsBehindThePoint_IsWidened()
    {
        await using var test = await StartAsync();
        test.Execute(
            """
            CREATE TABLE crm_account (id uuid PRIMARY KEY, sinkcreatedon timestamp, sinkmodifiedon timestamp,
                rate numeric(20,2), versionnumber integer, fullname varchar(10), city character varying)
            """);

        await test.RestartAsync(Tables.Account.And(
            new ColumnDefinition { Name = "rate", Type = ColumnType.Decimal, Precision = 4 }));

        test.TypeOf("rate", "crm_account").ShouldBe("numeric(38,4)");
        test.TypeOf("versionnumber", "crm_account").ShouldBe("bigint");
        test.TypeOf("fullname", "crm_account").ShouldBe("character varying(160)");
        test.TypeOf("city", "crm_account").ShouldBe("character varying");
    }

    [Fact]
    public async Task Merge_NumberWithMoreDigitsThanAnAdoptedColumn_IsRefusedByTableAndColumn()
    {
        await using var test = await StartAsync();
        test.Execute(
            """
            CREATE TABLE crm_account (id uuid PRIMARY KEY, sinkcreatedon timestamp, sinkmodifiedon timestamp,
                rate numeric(6,2))
            """);
        var table = Tables.Account.And(
            new ColumnDefinition { Name = "rate", Type = ColumnType.Decimal, Precision = 2 });
        await test.RestartAsync(table);

        var refusal = await Should.ThrowAsync<TargetRefusedException>(
            () => test.ReadAsync(table, Record, 1, Tables.ValuesOf(table, ("rate", 98765.43m))));

        refusal.Message.ShouldContain("account");
        refusal.Message.ShouldContain("'rate'");
        refusal.ToString().ShouldNotContain("98765");
        (await test.ReadAsync(table, Record, 1, Tables.ValuesOf(table, ("rate", 1.5m)))).ShouldBe(ApplyResult.Applied);
    }

    [Theory]
    [InlineData("ALTER TABLE crm_contact ADD CHECK (city <> 'Oslo')")]
    [InlineData("ALTER TABLE crm_contact ALTER COLUMN parentid SET NOT NULL")]
    [InlineData("CREATE UNIQUE INDEX one_city ON crm_contact (city) WHERE city = 'Oslo'; "
        + "INSERT INTO crm_contact (Id, city) VALUES ('00000000-0000-0000-0000-000000000001', 'Oslo')")]
    [InlineData("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
        + "'BEGIN RAISE EXCEPTION ''no %'', NEW.fullname; END'; "
        + "CREATE TRIGGER refuse BEFORE INSERT ON crm_contact FOR EACH ROW EXECUTE FUNCTION refuse()")]
    public async Task Merge_RowThatAConstraintOfTheirOwnForbids_IsRefusedWithoutItsValues(string constraint)
    {
        await using var test = await StartAsync();
        test.Execute(constraint);

        var refusal = await Should.ThrowAsync<TargetRefusedException>(() => test.LoadAsync(Record, 1, "Secret Name"));

        refusal.Message.ShouldContain("contact");
        refusal.ToString().ShouldNotContain("Secret");
        refusal.ToString().ShouldNotContain("Oslo");
        (await test.Target.CountRowsAsync("contact", default)).ShouldBeLessThanOrEqualTo(1);
    }

    private static async Task<PostgresTestTarget> StartAsync() => await TestTarget.StartAsync(
        new PostgresTestTarget(await PostgresServer.ConnectionAsync()), Tables.Contact);
}

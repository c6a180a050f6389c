using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Sqlite;

namespace DataExport.Targets.Tests.Sqlite;

public sealed class SqliteSchemaTests
{
    private const string AllTypesScript = """
        CREATE TABLE "crm_sample" (
            "Id" uniqueidentifier NOT NULL,
            "SinkCreatedOn" datetime,
            "SinkModifiedOn" datetime,
            "statecode" int,
            "statuscode" int,
            "industry" int,
            "region" int,
            "isactive" bit,
            "ownerid" uniqueidentifier,
            "ownerid_entitytype" nvarchar(128),
            "parentid" uniqueidentifier,
            "parentid_entitytype" nvarchar(128),
            "to" uniqueidentifier,
            "revenue" decimal(38,2),
            "sampleid" uniqueidentifier,
            "name" nvarchar(100),
            "description" "nvarchar(max)",
            "quantity" int,
            "versionnumber" bigint,
            "modifiedon" datetime,
            "birthdate" datetime,
            "rate" decimal(38,10),
            "latitude" decimal(38,5),
            "stageid" uniqueidentifier,
            "owneridtype" nvarchar(4000),
            "colours" nvarchar(4000),
            CONSTRAINT "EPK[dbo].[crm_sample]" PRIMARY KEY ("Id")
        )
        """;

    [Fact]
    public async Task Provision_TableOfAllTypes_HasTheExactSchemaOfDes()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.AllTypes);

        var script = test.Rows("SELECT sql FROM sqlite_schema WHERE name = 'crm_sample'").Single()["sql"];
        script.ShouldBe(AllTypesScript);
    }

    [Fact]
    public async Task Provision_LongText_IsDeclaredAsReadersKnowIt()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.AllTypes);

        Lines(test, "SELECT type FROM pragma_table_info('crm_sample') WHERE name = 'description'")
            .ShouldBe(["nvarchar(max)"]);
    }

    [Fact]
    public async Task Provision_NoPrefix_HasNoUnderscore()
    {
        await using var test = await SqliteTestTarget.StartAsync();
        await using var target = new SqliteTarget(test.File, "", test.Options, test.Clock);

        await target.ProvisionAsync([Tables.Contact], default);

        test.Rows("SELECT name FROM sqlite_schema WHERE name IN ('contact', 'Pending', 'DeleteLog')").Count.ShouldBe(3);
    }

    [Fact]
    public async Task Provision_ColumnsCameAtTheSource_AddsThemAtTheEndAndKeepsTheRows()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        var record = Guid.NewGuid();
        await test.LoadAsync(record, version: 1);
        var wider = Tables.Contact with
        {
            Columns =
            [
                new ColumnDefinition { Name = "rank", Type = ColumnType.Choice },
                .. Tables.Contact.Columns,
                new ColumnDefinition { Name = "friendid", Type = ColumnType.Lookup, Targets = ["contact"] },
            ],
        };

        await test.RestartAsync(wider);

        test.Row(record)!.Keys.TakeLast(3).ShouldBe(["rank", "friendid", "friendid_entitytype"]);
        test.Row(record)!["fullname"].ShouldBe("Ann");
        var builder = new ColumnValuesBuilder();
        builder.Add(0, 3L);
        builder.AddText(2, "Bea"u8);
        await test.MergeAsync(
            record, new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now, new(2)), builder.Build(wider.Layout));
        test.Row(record)!["rank"].ShouldBe(3L);
        test.Row(record)!["fullname"].ShouldBe("Bea");
    }

    [Theory]
    [InlineData("CREATE VIEW crm_account AS SELECT 1 AS Id")]
    [InlineData("CREATE TABLE crm_account (Id int, name text)")]
    [InlineData("CREATE TABLE CRM_ACCOUNT (Id uniqueidentifier, SinkCreatedOn datetime, SinkModifiedOn datetime)")]
    [InlineData("CREATE INDEX crm_account ON crm_contact (city)")]
    public async Task Provision_ObjectOfThatNameIsNotOurs_IsRefusedAndChangesNothing(string foreign)
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        test.Execute(foreign);

        var refusal = await Should.ThrowAsync<TargetRefusedException>(
            () => test.RestartAsync(Tables.AllTypes, Tables.Account));

        refusal.Message.ShouldContain("crm_account");
        test.Rows("SELECT name FROM sqlite_schema WHERE name = 'crm_sample'").ShouldBeEmpty();
    }

    [Fact]
    public async Task Provision_ForeignPending_IsRefused()
    {
        await using var test = await SqliteTestTarget.StartAsync();
        await using var target = new SqliteTarget(test.File, "", test.Options, test.Clock);
        test.Execute("CREATE TABLE Pending (Id int)");

        (await Should.ThrowAsync<TargetRefusedException>(() => target.ProvisionAsync([], default)))
            .Message.ShouldContain("Pending");
    }

    [Fact]
    public async Task Provision_NamesThatLookLikeSql_StayNames()
    {
        var hostile = Tables.Contact with
        {
            Name = "x\"); DROP TABLE crm_Pending; --",
            Columns =
            [
                .. Tables.Contact.Columns,
                new ColumnDefinition { Name = "select", Type = ColumnType.Text, MaxLength = 5 },
                new ColumnDefinition { Name = "a\"b' , [c]", Type = ColumnType.Text, MaxLength = 5 },
                new ColumnDefinition { Name = "rowid", Type = ColumnType.Integer },
            ],
        };
        await using var test = await SqliteTestTarget.StartAsync(hostile);
        var record = Guid.NewGuid();
        var builder = new ColumnValuesBuilder();
        builder.AddText(hostile.OrdinalOf("a\"b' , [c]"), "v"u8);
        builder.Add(hostile.OrdinalOf("rowid"), 77L);
        builder.Add(hostile.OrdinalOf("modifiedon"), test.Clock.Now.AddMinutes(-1));

        var read = new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now, new(1));
        await test.Target.MergeAsync(
            [new MergeItem(hostile.Name, record, read, builder.Build(hostile.Layout))], default);
        builder.AddText(hostile.OrdinalOf("select"), "s"u8);
        var update = new Evidence(EvidenceKind.NotifiedUpdate, test.Clock.Now.AddSeconds(1));
        await test.Target.MergeAsync(
            [new MergeItem(hostile.Name, record, update, builder.Build(hostile.Layout))], default);

        var row = test.Rows("SELECT * FROM \"crm_x\"\"); DROP TABLE crm_Pending; --\"").Single();
        row["a\"b' , [c]"].ShouldBe("v");
        row["select"].ShouldBe("s");
        row["rowid"].ShouldBe(77L);
        (await test.QuestionAsync(record, hostile.Name))!.Reason.ShouldBe(UncertainReason.Provisional);
    }

    [Theory]
    [InlineData("")]
    [InlineData("new\nline")]
    [InlineData("nul\0")]
    [InlineData("Id")]
    [InlineData("SINKCREATEDON")]
    [InlineData("parentid_entitytype")]
    public async Task Provision_ColumnNameThatCannotBe_IsRefusedWithAReason(string name)
    {
        await using var test = await SqliteTestTarget.StartAsync();
        var table = Tables.Contact with
        {
            Columns = [.. Tables.Contact.Columns, new ColumnDefinition { Name = name, Type = ColumnType.Integer }],
        };

        (await Should.ThrowAsync<TargetRefusedException>(() => test.Target.ProvisionAsync([table], default)))
            .Message.ShouldNotContain('\n');
    }

    [Theory]
    [InlineData("Pending")]
    [InlineData("deletelog")]
    public async Task Provision_TableNamedLikeOneOfOurs_IsRefused(string name)
    {
        await using var test = await SqliteTestTarget.StartAsync();

        await Should.ThrowAsync<TargetRefusedException>(
            () => test.Target.ProvisionAsync([Tables.Contact with { Name = name }], default));
    }

    [Fact]
    public async Task Provision_TwoTablesWhoseNamesDifferInCaseOnly_AreRefused()
    {
        await using var test = await SqliteTestTarget.StartAsync();

        (await Should.ThrowAsync<TargetRefusedException>(
            () => test.Target.ProvisionAsync([Tables.Contact, Tables.Contact with { Name = "CONTACT" }], default)))
            .Message.ShouldContain("crm_CONTACT");
    }

    [Fact]
    public async Task Provision_TableWithoutVersionNumber_GetsOneForTheFence()
    {
        var table = Tables.Contact with
        {
            Columns = [.. Tables.Contact.Columns.Where(c => c.Name is not ("versionnumber" or "modifiedon"))],
        };
        await using var test = await SqliteTestTarget.StartAsync(table);
        var record = Guid.NewGuid();
        var values = new ColumnValuesBuilder().Build(table.Layout);

        await test.MergeAsync(record, new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now, new(6)), values);

        test.Row(record)!["versionnumber"].ShouldBe(6L);
        (await test.MergeAsync(record, new Evidence(EvidenceKind.NotifiedUpdate, test.Clock.Now.AddDays(1)), values))
            .Question.ShouldBe(UncertainReason.NoModifiedOn);
    }

    [Fact]
    public async Task Provision_Options_FillTheMetadataTables()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.AllTypes);

        Lines(test, """
            SELECT OptionSetName, Option, IsUserLocalizedLabel, LocalizedLabelLanguageCode, LocalizedLabel
            FROM crm_OptionsetMetadata WHERE EntityName = 'sample'
            """)
            .ShouldBe(
                [
                    "industry|1|0|1031|Bergbau", "industry|1|1|1033|Mining", "industry|2|1|1033|Retail",
                    "isactive|0|1|1033|No", "isactive|1|1|1033|Yes",
                ],
                ignoreOrder: true);
        Lines(test, "SELECT OptionSetName, Option, LocalizedLabel FROM crm_GlobalOptionsetMetadata")
            .ShouldBe(["allregions|7|North"]);
        Lines(test, "SELECT EntityName, State, LocalizedLabel FROM crm_StateMetadata")
            .ShouldBe(["sample|0|Active", "sample|1|Inactive"], ignoreOrder: true);
        Lines(test, "SELECT EntityName, State, Status, LocalizedLabel FROM crm_StatusMetadata")
            .ShouldBe(["sample|0|1|Open", "sample|1|2|Won"], ignoreOrder: true);
        Lines(test, "SELECT AttributeName, ReferencedEntity FROM crm_TargetMetadata")
            .ShouldBe(["ownerid|systemuser", "ownerid|team", "parentid|sample"], ignoreOrder: true);
        Lines(test, """
            SELECT AttributeType, AttributeTypeCode, Precision FROM crm_AttributeMetadata
            WHERE AttributeName IN ('revenue', 'ownerid', 'birthdate') ORDER BY AttributeName
            """)
            .ShouldBe(["DateTime|2|0", "Owner|9|0", "Money|8|2"]);
    }

    [Fact]
    public async Task Provision_OptionsChanged_ReplacesThoseOfTheTableOnly()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.AllTypes, Tables.Contact);
        var attributes = test.Rows("SELECT * FROM crm_AttributeMetadata").Count;
        var fewer = Tables.AllTypes with
        {
            Columns = [.. Tables.AllTypes.Columns.Select(WithFirstOptionOnly)],
        };

        await test.RestartAsync(fewer);

        Lines(test, "SELECT LocalizedLabel FROM crm_StateMetadata").ShouldBe(["Active"]);
        test.Rows("SELECT * FROM crm_AttributeMetadata").Count.ShouldBe(attributes);
    }

    [Fact]
    public async Task ReadPending_ManyQuestions_GoesThroughIndexesOnly()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.Contact);
        using var database = SqliteDatabase.OpenReader(test.File, test.Options);
        var names = new TargetNames(SqliteTestTarget.Prefix, SqliteDialect.Instance);
        var script = new SqliteReader(database, names).PendingScript(TargetTable.Of(Tables.Contact, names));

        script = script
            .Replace("?1", "'contact'", StringComparison.Ordinal)
            .Replace("?2", "5", StringComparison.Ordinal);
        var plan = string.Join('\n', test.Rows("EXPLAIN QUERY PLAN " + script).Select(step => step["detail"]));

        plan.ShouldContain("crm_Pending_QuestionNumber");
        plan.ShouldNotContain("SCAN");
        plan.ShouldNotContain("TEMP B-TREE");
    }

    private static ColumnDefinition WithFirstOptionOnly(ColumnDefinition column) =>
        column with { Options = [.. column.Options.Take(1)] };

    private static List<string> Lines(SqliteTestTarget test, string sql) =>
        [.. test.Rows(sql).Select(row => string.Join('|', row.Values))];
}

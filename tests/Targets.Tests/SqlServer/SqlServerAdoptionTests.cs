using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Tests.Contract;

namespace DataExport.Targets.Tests.SqlServer;

/// <summary>Databases that DES itself made are taken over as they are.</summary>
[NeedsSqlServer]
public sealed class SqlServerAdoptionTests(SqlServerDatabase database) : IClassFixture<SqlServerDatabase>
{
    private static readonly Guid _record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    /// <summary>As DES laid tables out from 2018 on.</summary>
    private const string Typed =
        """
        "Id" uniqueidentifier NOT NULL, "SinkCreatedOn" datetime NULL, "SinkModifiedOn" datetime NULL,
        "statecode" int NULL, "statuscode" int NULL, "industry" int NULL, "region" int NULL, "isactive" bit NULL,
        "ownerid" uniqueidentifier NULL, "ownerid_entitytype" nvarchar(128) NULL,
        "parentid" uniqueidentifier NULL, "parentid_entitytype" nvarchar(128) NULL,
        "revenue" decimal(38,2) NULL, "sampleid" uniqueidentifier NULL, "name" nvarchar(100) NULL,
        "description" nvarchar(max) NULL, "quantity" int NULL, "versionnumber" bigint NULL, "modifiedon" datetime NULL,
        "birthdate" datetime NULL, "rate" decimal(38,10) NULL, "latitude" decimal(38,5) NULL,
        "stageid" uniqueidentifier NULL, "owneridtype" nvarchar(4000) NULL, "owneridname" nvarchar(160) NULL
        """;

    /// <summary>As it did before: texts of any length, numbers of ten digits behind the point, labels.</summary>
    private const string Early =
        """
        "Id" uniqueidentifier NOT NULL, "SinkCreatedOn" datetime NULL, "SinkModifiedOn" datetime NULL,
        "statecode" int NULL, "statecodename" nvarchar(max) NULL, "statuscode" int NULL,
        "industry" int NULL, "industryname" nvarchar(max) NULL, "isactive" bit NULL,
        "ownerid" uniqueidentifier NULL, "ownerid_entitytype" nvarchar(max) NULL, "owneridname" nvarchar(max) NULL,
        "parentid" uniqueidentifier NULL, "parentid_entitytype" nvarchar(max) NULL,
        "revenue" decimal(38,10) NULL, "sampleid" uniqueidentifier NULL, "name" nvarchar(max) NULL,
        "description" nvarchar(max) NULL, "quantity" int NULL, "versionnumber" bigint NULL, "modifiedon" datetime NULL,
        "birthdate" datetime NULL, "rate" decimal(38,10) NULL, "latitude" decimal(38,10) NULL,
        "owneridtype" nvarchar(max) NULL
        """;

    [ContractTheory]
    [InlineData(Typed, "region;to;colours")]
    [InlineData(Early, "region;to;colours;stageid")]
    public async Task Provision_DatabaseOfDes_AddsColumnsAndChangesNothingElse(string layout, string mayBeAdded)
    {
        await using var test = await MadeByDesAsync(layout);
        var before = ColumnsOf(test);

        var plan = await test.NewInstance().PlanAsync([Tables.AllTypes], default);
        await test.RestartAsync(Tables.AllTypes);

        var after = ColumnsOf(test);
        after[..before.Count].ShouldBe(before);
        after[before.Count..].Select(static column => column.Split(' ')[0]).ShouldBeSubsetOf(mayBeAdded.Split(';'));
        plan.Changes.ShouldAllBe(static change =>
            change.Contains("add column", StringComparison.Ordinal) || change.Contains("it stays", StringComparison.Ordinal));
        plan.Changes.ShouldNotContain(static change => change.Contains("beside", StringComparison.Ordinal));
        test.Rows("SELECT name FROM crm_sample").ShouldHaveSingleItem()["name"].ShouldBe("By DES");
    }

    [ContractTheory]
    [InlineData(Typed)]
    [InlineData(Early)]
    public async Task Merge_IntoATableOfDes_WritesItsRowsAndLeavesNoStaleName(string layout)
    {
        await using var test = await MadeByDesAsync(layout);
        await test.RestartAsync(Tables.AllTypes);
        var builder = new ColumnValuesBuilder();
        builder.AddText(Tables.AllTypes.OrdinalOf("name"), "By us"u8);
        builder.Add(Tables.AllTypes.OrdinalOf("revenue"), 12.5m);
        var values = builder.Build(Tables.AllTypes.Layout);

        var results = await test.Target.MergeAsync(
            [
                Read(_record, 4, values), Read(Guid.NewGuid(), 1, values),
                .. Enumerable.Range(0, 150).Select(_ => Read(Guid.NewGuid(), 9, values)),
            ],
            default);

        results[0].ShouldBe(ApplyResult.Superseded, "DES wrote a higher version");
        results.Skip(1).ShouldAllBe(static result => result == ApplyResult.Applied);
        var row = test.Row(_record, "crm_sample")!;
        row["name"].ShouldBe("By DES");
        row["owneridname"].ShouldBeNull();
        (await test.Target.CountRowsAsync("sample", default)).ShouldBe(152);

        MergeItem Read(Guid id, long version, ColumnValues columns) => new(
            "sample", id, new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now, new VersionNumber(version)), columns);
    }

    [ContractFact]
    public async Task Provision_DatabaseOfDes_StartsTheTableAnewAndKnowsItsVersionAndItsTombstones()
    {
        await using var test = await MadeByDesAsync(Typed);

        await test.RestartAsync(Tables.AllTypes);

        (await test.Target.ReadSyncStatesAsync(default)).Single().Phase.ShouldBe(TableSyncPhase.NotStarted);
        var created = new Evidence(EvidenceKind.NotifiedCreate, test.Clock.Now);
        var values = new ColumnValuesBuilder().Build(Tables.AllTypes.Layout);
        (await test.Target.MergeAsync([new MergeItem("sample", new Guid(1, 2, 3, new byte[8]), created, values)], default))
            .Single().Question.ShouldBe(UncertainReason.Tombstone);
        test.Rows("SELECT HighestVersion FROM crm_TableSync").Single()["HighestVersion"].ShouldBe(12L);
    }

    private async Task<SqlServerTestTarget> MadeByDesAsync(string layout)
    {
        var test = new SqlServerTestTarget(database.Connection);
        try
        {
            test.Execute($"CREATE TABLE crm_sample ({layout}, CONSTRAINT {Key(test)} PRIMARY KEY CLUSTERED (\"Id\"))");
            test.Execute(
                "INSERT INTO crm_sample (Id, SinkCreatedOn, SinkModifiedOn, name, owneridname, versionnumber) "
                + $"VALUES ('{_record}', '2020-01-01', '2020-01-02', 'By DES', 'Somebody', 5)");
            test.Execute(
                """
                CREATE TABLE crm_DeleteLog ("Id" bigint IDENTITY(1,1) NOT NULL PRIMARY KEY,
                    "EntityName" nvarchar(64) NOT NULL, "RecordId" nvarchar(64) NOT NULL,
                    "SinkDeleteTime" datetime NOT NULL, "VersionNumber" bigint NOT NULL)
                """);
            test.Execute(
                "INSERT INTO crm_DeleteLog (EntityName, RecordId, SinkDeleteTime, VersionNumber) "
                + "VALUES ('sample', '00000001-0002-0003-0000-000000000000', '2020-01-03', 12)");
            test.Execute(
                """
                CREATE TABLE crm_OptionsetMetadata ("EntityName" nvarchar(64) NOT NULL,
                    "OptionSetName" nvarchar(64) NOT NULL, "Option" int NOT NULL, "IsUserLocalizedLabel" bit NOT NULL,
                    "LocalizedLabelLanguageCode" int NOT NULL, "LocalizedLabel" nvarchar(4) NULL)
                """);
            test.Execute($"CREATE TYPE {test.Schema}.crm_sampleType AS TABLE (\"Id\" uniqueidentifier NULL)");
            test.Execute($"CREATE TYPE {test.Schema}.crm_sampleIdType AS TABLE (\"Id\" uniqueidentifier NOT NULL)");
            return test;
        }
        catch
        {
            await test.DisposeAsync();
            throw;
        }
    }

    private static string Key(SqlServerTestTarget test) => $"\"EPK[{test.Schema}].[crm_sample]\"";

    private static List<string> ColumnsOf(SqlServerTestTarget test) =>
    [
        .. test.Rows(
            $"""
            SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH AS Letters, NUMERIC_SCALE AS Scale, IS_NULLABLE
            FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = '{test.Schema}' AND TABLE_NAME LIKE '%_sample'
            ORDER BY ORDINAL_POSITION
            """).Select(static row => string.Join(' ', row.Values)),
    ];
}

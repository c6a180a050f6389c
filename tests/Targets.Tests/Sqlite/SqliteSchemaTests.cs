using DataExport.Grains.Ports;
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
        await using var test = await TestTarget.StartAsync(Tables.AllTypes);

        var script = test.Rows("SELECT sql FROM sqlite_schema WHERE name = 'crm_sample'").Single()["sql"];
        script.ShouldBe(AllTypesScript);
    }

    [Fact]
    public async Task Provision_LongText_IsDeclaredAsReadersKnowIt()
    {
        await using var test = await TestTarget.StartAsync(Tables.AllTypes);

        var type = test.Rows("SELECT type FROM pragma_table_info('crm_sample') WHERE name = 'description'").Single()["type"];
        type.ShouldBe("nvarchar(max)");
    }
}

using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Tests.WebApi;

public sealed class MetadataTests
{
    private const string Entity = "{'LogicalName':'account','SchemaName':'Account','EntitySetName':'accounts',"
        + "'PrimaryIdAttribute':'accountid','PrimaryNameAttribute':'name','ObjectTypeCode':1,'IsIntersect':false,"
        + "'IsActivity':false,'ChangeTrackingEnabled':true}";

    [Fact]
    public async Task GetOrganizationIdAsync_WhoAmI_IsItsOrganization()
    {
        var web = new FakeWebApi().Answer(
            "{'OrganizationId':'407b9c05-0e6b-45c2-bf2f-45891c1c0937',"
            + "'UserId':'ab7501c2-aa4e-ec11-8c62-000d3aba6cf0'}");

        (await web.Open().GetOrganizationIdAsync(default)).ShouldBe(Guid.Parse("407b9c05-0e6b-45c2-bf2f-45891c1c0937"));
        web.Requests[0].Path.ShouldBe("/api/data/v9.2/WhoAmI");
    }

    [Fact]
    public async Task ReadTablesAsync_Columns_AreWhatTypesAndRequestsSay()
    {
        var web = new FakeWebApi().Answer($"{{'value':[{Entity}]}}")
            .Answer("{'value':[" + string.Join(',',
                Attribute("accountid", "Uniqueidentifier"), Attribute("name", "String"), Attribute("ownerid", "Owner"),
                Attribute("owneridname", "String", "'AttributeOf':'ownerid'"),
                Attribute("isprivate", "Boolean", "'IsValidForRead':false"),
                Attribute("entityimage", "Virtual", "'AttributeTypeName':{'Value':'ImageType'}"),
                Attribute("tags", "Virtual", "'AttributeTypeName':{'Value':'MultiSelectPicklistType'}"),
                Attribute("revenue", "Money"), Attribute("birthday", "DateTime"), Attribute("modifiedon", "DateTime"),
                Attribute("statuscode", "Status"), Attribute("creditonhold", "Boolean"),
                Attribute("versionnumber", "BigInt"), Attribute("to", "PartyList")) + "]}")
            .Answer("{'value':[{'LogicalName':'name','MaxLength':100,'DatabaseLength':320}]}")
            .Answer("{'value':[{'LogicalName':'revenue','Precision':4,'PrecisionSource':2}]}")
            .Answer("{'value':[{'LogicalName':'birthday','DateTimeBehavior':{'Value':'DateOnly'}},"
                + "{'LogicalName':'modifiedon','DateTimeBehavior':{'Value':'UserLocal'}}]}")
            .Answer("{'value':[{'LogicalName':'ownerid','Targets':['systemuser','team']},"
                + "{'LogicalName':'to','Targets':['account']}]}")
            .Answer("{'value':[{'LogicalName':'tags','OptionSet':null,"
                + "'GlobalOptionSet':{'Name':'g','IsGlobal':true,'Options':[{'Value':9,'Label':{'LocalizedLabels':["
                + "{'Label':'Nine','LanguageCode':1033},{'Label':'Neun','LanguageCode':1031}]}}]}}]}")
            .Answer("{'value':[{'LogicalName':'statuscode','OptionSet':{'Name':'s','IsGlobal':false,'Options':["
                + "{'Value':1,'State':0,'Label':{'LocalizedLabels':[{'Label':'Open','LanguageCode':1033}]}}]}}]}")
            .Answer("{'value':[{'LogicalName':'creditonhold','OptionSet':{'Name':'b','IsGlobal':false,"
                + "'TrueOption':{'Value':1,'Label':{'LocalizedLabels':[],"
                + "'UserLocalizedLabel':{'Label':'Yes','LanguageCode':1033}}},"
                + "'FalseOption':{'Value':0,'Label':{'LocalizedLabels':[{'Label':'No','LanguageCode':1033}]}}}}]}");

        var table = (await web.Open().ReadTablesAsync(["account"], [], default)).ShouldHaveSingleItem();

        (table.Name, table.SchemaName, table.EntitySetName, table.PrimaryIdColumn)
            .ShouldBe(("account", "Account", "accounts", "accountid"));
        table.Columns.Select(column => $"{column.Name}:{column.Type}").ShouldBe(
        [
            "accountid:UniqueIdentifier", "name:Text", "ownerid:Lookup", "tags:MultiSelect", "revenue:Money",
            "birthday:DateOnly", "modifiedon:DateTime", "statuscode:Status", "creditonhold:Boolean",
            "versionnumber:BigInt", "to:PartyList",
        ]);
        Column(table, "name").MaxLength.ShouldBe(160);
        Column(table, "revenue").Precision.ShouldBe(4);
        Column(table, "ownerid").Targets.ShouldBe(["systemuser", "team"]);
        Column(table, "tags").Options.ShouldBe(
            [new OptionDefinition(9, "Nine", 1033), new OptionDefinition(9, "Neun", 1031)]);
        (Column(table, "tags").OptionSetName, Column(table, "tags").IsGlobalOptionSet).ShouldBe(("g", true));
        Column(table, "statuscode").Options.ShouldBe([new OptionDefinition(1, "Open", 1033, 0)]);
        Column(table, "creditonhold").Options.ShouldBe(
            [new OptionDefinition(0, "No", 1033), new OptionDefinition(1, "Yes", 1033)]);
        web.Requests[0].Path.ShouldContain("$filter=LogicalName%20eq%20%27account%27");
        web.Requests[1].Path.ShouldBe("/api/data/v9.2/EntityDefinitions(LogicalName='account')/Attributes");
        web.Requests[^1].Path.ShouldEndWith(
            "Microsoft.Dynamics.CRM.BooleanAttributeMetadata?$select=LogicalName&$expand=OptionSet,GlobalOptionSet");
    }

    [Fact]
    public async Task ReadTablesAsync_Relationship_BringsItsIntersectTableAndBothSidesPrivileges()
    {
        const string relationship = "{'value':[{'SchemaName':'team_user','IntersectEntityName':'membership',"
            + "'Entity1LogicalName':'team','Entity1IntersectAttribute':'teamid',"
            + "'Entity2LogicalName':'user','Entity2IntersectAttribute':'userid'}]}";
        var web = new FakeWebApi()
            .Answer(relationship)
            .Answer("{'value':[{'LogicalName':'membership','SchemaName':'Membership','EntitySetName':'memberships',"
                + "'PrimaryIdAttribute':'membershipid','IsIntersect':true,'ChangeTrackingEnabled':true,"
                + "'Privileges':[]}]}")
            .Answer(relationship)
            .Answer("{'value':[" + Privileged("team", "prvReadTeam") + "," + Privileged("user", "prvReadUser") + "]}")
            .Answer("{'value':[" + string.Join(',', Attribute("membershipid", "Uniqueidentifier"),
                Attribute("teamid", "Uniqueidentifier"), Attribute("userid", "Uniqueidentifier")) + "]}");

        var table = (await web.Open().ReadTablesAsync([], ["team_user"], default)).ShouldHaveSingleItem();

        table.Relationships.ShouldBe([new RelationshipDefinition("team_user", "team", "teamid", "user", "userid")]);
        table.ReadPrivileges.ShouldBe(["prvReadTeam", "prvReadUser"]);
        table.SetColumns.ShouldBe(["teamid", "userid"]);
    }

    [Fact]
    public async Task ReadTablesAsync_RelationshipMissing_IsNamed()
    {
        var web = new FakeWebApi().Answer("{'value':[]}");

        var fault = await Should.ThrowAsync<SourceException>(
            () => web.Open().ReadTablesAsync(["account"], ["no_such"], default));

        fault.Fault.ShouldBe(SourceFault.NotFound);
        fault.Message.ShouldContain("'no_such'");
    }

    [Fact]
    public async Task ReadTablesAsync_Image_BringsItsTimeStampAndAddress()
    {
        var web = new FakeWebApi().Answer($"{{'value':[{Entity}]}}")
            .Answer("{'value':[" + string.Join(',',
                Attribute("entityimageid", "Uniqueidentifier"),
                Attribute("entityimage", "Virtual",
                    "'AttributeTypeName':{'Value':'ImageType'},'AttributeOf':'entityimageid'"),
                Attribute("entityimage_timestamp", "BigInt", "'AttributeOf':'entityimageid'"),
                Attribute("entityimage_url", "String", "'AttributeOf':'entityimageid'"),
                Attribute("entityimage_other", "String", "'AttributeOf':'entityimageid'")) + "]}")
            .Answer("{'value':[{'LogicalName':'entityimage_url','MaxLength':200}]}");

        var table = (await web.Open().ReadTablesAsync(["account"], [], default)).ShouldHaveSingleItem();

        table.Columns.Select(static column => column.Name)
            .ShouldBe(["entityimageid", "entityimage_timestamp", "entityimage_url"]);
    }

    [Fact]
    public async Task ReadTablesAsync_FileAndImageOfOnesOwn_BringWhatTellsOfThemAndNoBytes()
    {
        var web = new FakeWebApi().Answer($"{{'value':[{Entity}]}}")
            .Answer("{'value':[" + string.Join(',',
                Attribute("contract", "Virtual", "'AttributeTypeName':{'Value':'FileType'}"),
                Attribute("contract_name", "String", "'AttributeOf':'contract'"),
                Attribute("contract_other", "String", "'AttributeOf':'contract'"),
                Attribute("photo", "Virtual", "'AttributeTypeName':{'Value':'ImageType'},'AttributeOf':'photoid'"),
                Attribute("photoid", "Uniqueidentifier", "'AttributeOf':'photo'"),
                Attribute("photo_timestamp", "BigInt", "'AttributeOf':'photoid'"),
                Attribute("photo_url", "String", "'AttributeOf':'photoid'")) + "]}")
            .Answer("{'value':[{'LogicalName':'contract_name','MaxLength':200}]}")
            .Answer("{'value':[]}");

        var table = (await web.Open().ReadTablesAsync(["account"], [], default)).ShouldHaveSingleItem();

        table.Columns.Select(static column => $"{column.Name}:{column.Type}:{column.MaxLength}").ShouldBe(
        [
            "contract:UniqueIdentifier:0", "contract_name:Text:200", "photoid:UniqueIdentifier:0",
            "photo_timestamp:BigInt:0", "photo_url:Text:0",
        ]);
    }

    [Fact]
    public async Task ReadTablesAsync_Times_TellWhetherTheyAreInstants()
    {
        var web = new FakeWebApi().Answer($"{{'value':[{Entity}]}}")
            .Answer("{'value':[" + string.Join(
                ',', Attribute("opensat", "DateTime"), Attribute("modifiedon", "DateTime")) + "]}")
            .Answer("{'value':[{'LogicalName':'opensat','DateTimeBehavior':{'Value':'TimeZoneIndependent'}},"
                + "{'LogicalName':'modifiedon','DateTimeBehavior':{'Value':'UserLocal'}}]}");

        var table = (await web.Open().ReadTablesAsync(["account"], [], default)).ShouldHaveSingleItem();

        table.Columns.Select(static column => column.IsTimeZoneIndependent).ShouldBe([true, false]);
    }

    [Fact]
    public async Task ReadTablesAsync_NoNames_TakesTablesWithChangeTracking()
    {
        var untracked = Entity.Replace("'account'", "'other'").Replace("true}", "false}");
        var web = new FakeWebApi().Answer($"{{'value':[{untracked},{Entity}]}}").Answer("{'value':[]}");

        (await web.Open().ReadTablesAsync(null, [], default)).Select(table => table.Name).ShouldBe(["account"]);
        web.Requests[0].Path.ShouldNotContain("$filter");
    }

    [Fact]
    public async Task ReadTablesAsync_TableMissing_IsNamed()
    {
        var web = new FakeWebApi().Answer($"{{'value':[{Entity}]}}");

        var fault = await Should.ThrowAsync<SourceException>(
            () => web.Open().ReadTablesAsync(["account", "nowhere"], [], default));

        fault.Fault.ShouldBe(SourceFault.NotFound);
        fault.Message.ShouldContain("'nowhere'");
    }

    [Theory]
    [InlineData("true", false)]
    [InlineData("false", true)]
    public async Task ReadTablesAsync_TableWithoutChangeTracking_IsUntracked(string tracking, bool isUntracked)
    {
        var web = new FakeWebApi()
            .Answer($"{{'value':[{Entity.Replace("true}", $"{tracking}}}")}]}}")
            .Answer($"{{'value':[{Attribute("accountid", "Uniqueidentifier")}]}}");

        var tables = await web.Open().ReadTablesAsync(["account"], [], default);

        tables.ShouldHaveSingleItem().IsUntracked.ShouldBe(isUntracked);
    }

    [Theory]
    [InlineData("Standard", false)]
    [InlineData("Elastic", true)]
    public async Task Table_OfATableType_IsElastic(string tableType, bool isElastic)
    {
        var web = new FakeWebApi()
            .Answer($"{{'value':[{Entity.Replace("true}", $"true,'TableType':'{tableType}'}}")}]}}")
            .Answer($"{{'value':[{Attribute("accountid", "Uniqueidentifier")}]}}");

        var tables = await web.Open().ReadTablesAsync(["account"], [], default);

        tables.ShouldHaveSingleItem().IsElastic.ShouldBe(isElastic);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public async Task Column_OfASourceType_IsComputed(int sourceType, bool isComputed)
    {
        var web = new FakeWebApi()
            .Answer($"{{'value':[{Entity}]}}")
            .Answer($"{{'value':[{Attribute("total", "Uniqueidentifier", $"'SourceType':{sourceType}")}]}}");

        var tables = await web.Open().ReadTablesAsync(["account"], [], default);

        Column(tables[0], "total").IsComputed.ShouldBe(isComputed);
    }

    private static string Attribute(string name, string type, string more = "'IsValidForRead':true") =>
        $"{{'LogicalName':'{name}','AttributeType':'{type}',{more}}}";

    private static ColumnDefinition Column(TableDefinition table, string name) => table.Columns[table.OrdinalOf(name)];

    private static string Privileged(string table, string privilege) =>
        $"{{'LogicalName':'{table}','Privileges':[{{'Name':'{privilege}','PrivilegeType':'Read'}},"
        + $"{{'Name':'prvWrite','PrivilegeType':'Write'}}]}}";
}

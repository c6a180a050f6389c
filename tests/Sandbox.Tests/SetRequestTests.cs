using System.Net;
using System.Text.Json;

namespace DataExport.Sandbox.Tests;

public sealed class SetRequestTests
{
    private const string Cast = "RelationshipDefinitions/Microsoft.Dynamics.CRM.ManyToManyRelationshipMetadata";

    [Fact]
    public async Task Relationships_AllAndFiltered_AreDescribed()
    {
        const string select = "?$select=SchemaName,IntersectEntityName,Entity1LogicalName,Entity1IntersectAttribute,"
            + "Entity2LogicalName,Entity2IntersectAttribute";
        await using var fixture = await SandboxFixture.StartAsync(10);

        var all = await fixture.GetAsync(Cast + select);
        var some = await fixture.GetAsync(
            $"{Cast}{select}&$filter=IntersectEntityName eq 'nosuch' or "
            + "SchemaName eq 'contactopportunities_association'");
        var none = await fixture.GetAsync($"{Cast}{select}&$filter=IntersectEntityName eq 'nosuch'");

        all.GetProperty("value").GetArrayLength().ShouldBe(fixture.Sandbox.Relationships.Count);
        none.GetProperty("value").GetArrayLength().ShouldBe(0);
        var one = some.GetProperty("value").EnumerateArray().Single();
        one.GetProperty("IntersectEntityName").GetString().ShouldBe("contactopportunities");
        one.GetProperty("Entity1LogicalName").GetString().ShouldBe("contact");
        one.GetProperty("Entity2IntersectAttribute").GetString().ShouldBe("opportunityid");
    }

    [Fact]
    public async Task Metadata_OfSetTables_TellsWhatTheyAre()
    {
        const string select = "$select=LogicalName,PrimaryNameAttribute,IsIntersect,ChangeTrackingEnabled,Privileges";
        await using var fixture = await SandboxFixture.StartAsync(10);

        var intersect = await fixture.GetAsync($"EntityDefinitions(LogicalName='contactopportunities')?{select}");
        var parties = await fixture.GetAsync($"EntityDefinitions(LogicalName='activityparty')?{select}");
        var columns = await fixture.GetAsync("EntityDefinitions(LogicalName='contactopportunities')/Attributes");

        intersect.GetProperty("IsIntersect").GetBoolean().ShouldBeTrue();
        intersect.GetProperty("ChangeTrackingEnabled").GetBoolean().ShouldBeTrue();
        intersect.GetProperty("Privileges").GetArrayLength().ShouldBe(0);
        intersect.GetProperty("PrimaryNameAttribute").ValueKind.ShouldBe(JsonValueKind.Null);
        parties.GetProperty("IsIntersect").GetBoolean().ShouldBeFalse();
        parties.GetProperty("Privileges")[0].GetProperty("Name").GetString().ShouldBe("prvReadActivity");
        columns.GetProperty("value").EnumerateArray()
            .Select(column => (
                column.GetProperty("LogicalName").GetString(), column.GetProperty("AttributeType").GetString()))
            .ShouldBe([
                ("contactopportunitiesid", "Uniqueidentifier"),
                ("contactid", "Uniqueidentifier"),
                ("opportunityid", "Uniqueidentifier"),
                ("versionnumber", "BigInt"),
            ]);
    }

    [Fact]
    public async Task Metadata_OfSpecialColumns_TellsWhatTheyAre()
    {
        await using var fixture = await SandboxFixture.StartAsync(10);
        var account = await AttributesAsync(fixture, "account");
        var contact = await AttributesAsync(fixture, "contact");
        var email = await AttributesAsync(fixture, "email");

        account["new_interests"].ShouldBe(("Virtual", "MultiSelectPicklistType", null));
        contact["entityimage"].ShouldBe(("Virtual", "ImageType", "entityimageid"));
        contact["entityimageid"].ShouldBe(("Uniqueidentifier", "UniqueidentifierType", null));
        contact["entityimage_url"].ShouldBe(("String", "StringType", "entityimageid"));
        contact["entityimage_timestamp"].ShouldBe(("BigInt", "BigIntType", "entityimageid"));
        email["to"].ShouldBe(("PartyList", "PartyListType", null));
        email["activitytypecode"].ShouldBe(("EntityName", "EntityNameType", null));
    }

    [Fact]
    public async Task Filter_ByOneSide_ShowsAllRowsOfTheSetsInPages()
    {
        await using var fixture = await SandboxFixture.StartAsync();
        var sandbox = fixture.Sandbox;
        var relationship = sandbox.Relationships.Single();
        var contacts = sandbox.Records(sandbox.Table("contact")).Take(2).Select(record => record.Id).ToList();
        var others = sandbox.Records(sandbox.Table("opportunity")).Take(7).Select(record => record.Id).ToList();
        sandbox.AssociateSilently(relationship, sandbox.Table("contact"), contacts[0], others);
        sandbox.AssociateSilently(relationship, sandbox.Table("contact"), contacts[1], others[..3]);
        var expected = contacts.SelectMany(contact => sandbox.Related(relationship, sandbox.Table("contact"), contact));

        var walk = await fixture.WalkAsync(
            $"contactopportunitiesset?$select=contactid,opportunityid,versionnumber&{In("contactid", contacts)}",
            "odata.maxpagesize=3");

        walk.Ids("opportunityid").ShouldBe(expected, ignoreOrder: true);
        walk.Ids("contactid").ShouldBeSubsetOf(contacts);
        walk.PageItems.ShouldAllBe(items => items <= 3 && items > 0);
        walk.Ids("contactopportunitiesid").Distinct().Count().ShouldBe(walk.Rows.Count);
    }

    [Theory]
    [InlineData("activityid")]
    [InlineData("_activityid_value")]
    public async Task Filter_ByActivity_ShowsItsParties(string column)
    {
        await using var fixture = await SandboxFixture.StartAsync();
        var email = fixture.Sandbox.Table("email");
        var id = fixture.Sandbox.Records(email).First().Id;
        fixture.Sandbox.UpdateSilently(email, id, [email.Column("to")!.Ordinal]);

        var page = await fixture.GetAsync($"activityparties?{In(column, [id])}");

        var rows = page.GetProperty("value").EnumerateArray().ToList();
        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => row.GetProperty("_activityid_value").GetGuid() == id);
        rows.ShouldContain(row => row.GetProperty("participationtypemask").GetInt32() == 2);
    }

    [Fact]
    public async Task Filter_ByAnyLookup_ShowsTheRowsThatHoldIt()
    {
        await using var fixture = await SandboxFixture.StartAsync();
        var (sandbox, table) = (fixture.Sandbox, fixture.Accounts);
        var column = table.Column("transactioncurrencyid")!;
        var currency = sandbox.Value(table, sandbox.Records(table).First(), column).Guid;
        var expected = sandbox.Records(table).Where(record => sandbox.Value(table, record, column).Guid == currency);

        var walk = await fixture.WalkAsync(
            $"accounts?$select=name&{In("_transactioncurrencyid_value", [currency])}", "odata.maxpagesize=10");

        walk.Ids("accountid").ShouldBe(expected.Select(record => record.Id));
    }

    [Fact]
    public async Task Delta_OfAnIntersect_ShowsNewPairsAndDeletions()
    {
        await using var fixture = await SandboxFixture.StartAsync();
        var sandbox = fixture.Sandbox;
        var relationship = sandbox.Relationships.Single();
        var contacts = sandbox.Table("contact");
        var walk = await fixture.WalkAsync("contactopportunitiesset", "odata.track-changes,odata.maxpagesize=5");
        var gone = walk.Rows[0];
        var contact = gone.GetProperty("contactid").GetGuid();
        var others = sandbox.Records(sandbox.Table("opportunity")).Select(record => record.Id)
            .Except(sandbox.Related(relationship, contacts, contact)).Take(2).ToList();

        var other = gone.GetProperty("opportunityid").GetGuid();
        sandbox.Disassociate(relationship, contacts, contact, [other]).ShouldBe(1);
        sandbox.Associate(relationship, contacts, contact, others).ShouldBe(2);
        var delta = await fixture.WalkAsync(walk.Delta.Link!, "odata.maxpagesize=5");

        walk.Rows.Count.ShouldBeGreaterThan(5);
        delta.Deleted.ShouldBe([gone.GetProperty("contactopportunitiesid").GetGuid()]);
        delta.Ids("opportunityid").ShouldBe(others);
    }

    [Theory]
    [InlineData("contactopportunitiesset", "opportunity")]
    [InlineData("activityparties", "task")]
    public async Task Read_WithoutTheRightToWhatRowsBelongTo_IsRefused(string set, string unreadable)
    {
        await using var fixture = await SandboxFixture.StartAsync();
        fixture.Host.SetReadDepth(fixture.Sandbox.Table(unreadable), ReadDepth.None);

        using var response = await fixture.SendAsync(set);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string In(string column, IEnumerable<Guid> ids)
    {
        var values = string.Join(',', ids.Select(id => $"\"{id}\""));
        return "$filter=" + Uri.EscapeDataString(
            $"Microsoft.Dynamics.CRM.In(PropertyName='{column}',PropertyValues=[{values}])");
    }

    private static async Task<Dictionary<string, (string?, string?, string?)>> AttributesAsync(
        SandboxFixture fixture, string table)
    {
        var answer = await fixture.GetAsync($"EntityDefinitions(LogicalName='{table}')/Attributes");
        return answer.GetProperty("value").EnumerateArray().ToDictionary(
            attribute => attribute.GetProperty("LogicalName").GetString()!,
            attribute => (
                attribute.GetProperty("AttributeType").GetString(),
                attribute.GetProperty("AttributeTypeName").GetProperty("Value").GetString(),
                attribute.GetProperty("AttributeOf").GetString()));
    }
}

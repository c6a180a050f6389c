using System.Net;
using System.Text.Json;

namespace DataExport.Sandbox.Tests;

public sealed class MetadataTests
{
    private const string TableSelect = "$select=LogicalName,SchemaName,EntitySetName,PrimaryIdAttribute,"
        + "PrimaryNameAttribute,ObjectTypeCode,IsIntersect,IsActivity,ChangeTrackingEnabled";

    [Fact]
    public async Task Tables_AllAndFiltered_AreDescribed()
    {
        await using var fixture = await SandboxFixture.StartAsync(10);

        var all = await fixture.GetAsync($"EntityDefinitions?{TableSelect}");
        var some = await fixture.GetAsync(
            $"EntityDefinitions?{TableSelect}&$filter=LogicalName eq 'email' or LogicalName eq 'opportunity'");

        all.GetProperty("value").GetArrayLength().ShouldBe(fixture.Sandbox.Tables.Count);
        var email = some.GetProperty("value").EnumerateArray()
            .Single(table => table.GetProperty("LogicalName").GetString() == "email");
        some.GetProperty("value").GetArrayLength().ShouldBe(2);
        email.GetProperty("EntitySetName").GetString().ShouldBe("emails");
        email.GetProperty("PrimaryIdAttribute").GetString().ShouldBe("activityid");
        email.GetProperty("ObjectTypeCode").GetInt32().ShouldBe(4202);
        email.GetProperty("IsActivity").GetBoolean().ShouldBeTrue();
        email.GetProperty("ChangeTrackingEnabled").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Attributes_WithoutCast_ListColumnsAndTheirCompanions()
    {
        await using var fixture = await SandboxFixture.StartAsync(10);
        var attributes = await AttributesAsync(fixture, "account", "");

        var readable = attributes.Values.Where(attribute => attribute.GetProperty("IsValidForRead").GetBoolean()
            && attribute.GetProperty("AttributeOf").ValueKind is JsonValueKind.Null);
        readable.Count().ShouldBe(fixture.Accounts.Columns.Count(column => column.IsReadable));
        attributes["isprivate"].GetProperty("IsValidForRead").GetBoolean().ShouldBeFalse();
        attributes["primarycontactidname"].GetProperty("AttributeOf").GetString().ShouldBe("primarycontactid");
        attributes["industrycodename"].GetProperty("AttributeType").GetString().ShouldBe("Virtual");
        attributes["ownerid"].GetProperty("AttributeType").GetString().ShouldBe("Owner");
        attributes["ownerid"].GetProperty("AttributeTypeName").GetProperty("Value").GetString().ShouldBe("OwnerType");
        attributes["accountid"].GetProperty("AttributeType").GetString().ShouldBe("Uniqueidentifier");
        attributes.Values.Select(attribute => attribute.GetProperty("MetadataId").GetGuid()).Distinct().Count()
            .ShouldBe(attributes.Count);
    }

    [Fact]
    public async Task Attributes_WithCast_HaveTheTypesProperties()
    {
        await using var fixture = await SandboxFixture.StartAsync(10);

        var texts = await AttributesAsync(fixture, "account", "String", "$select=LogicalName,MaxLength,DatabaseLength");
        texts["name"].GetProperty("MaxLength").GetInt32().ShouldBe(160);
        texts["name"].GetProperty("DatabaseLength").GetInt32().ShouldBe(320);
        texts["name"].EnumerateObject().Select(member => member.Name).ShouldBe(
            ["LogicalName", "MaxLength", "DatabaseLength", "MetadataId"], ignoreOrder: true);

        var amounts = await AttributesAsync(fixture, "account", "Money", "$select=LogicalName,Precision");
        amounts["revenue_base"].GetProperty("Precision").GetInt32().ShouldBe(4);
        var times = await AttributesAsync(fixture, "contact", "DateTime", "$select=LogicalName,DateTimeBehavior");
        times["birthdate"].GetProperty("DateTimeBehavior").GetProperty("Value").GetString().ShouldBe("DateOnly");
        times["lastusedincampaign"].GetProperty("DateTimeBehavior").GetProperty("Value").GetString()
            .ShouldBe("TimeZoneIndependent");
        var lookups = await AttributesAsync(fixture, "contact", "Lookup", "$select=LogicalName,Targets");
        lookups["parentcustomerid"].GetProperty("Targets").EnumerateArray().Select(target => target.GetString())
            .ShouldBe(["account", "contact"]);
        lookups.Keys.ShouldContain("ownerid");
    }

    [Fact]
    public async Task Choices_Expanded_ShowTheirOptions()
    {
        const string query = "$select=LogicalName&$expand=OptionSet,GlobalOptionSet";
        await using var fixture = await SandboxFixture.StartAsync(10);

        var choices = await AttributesAsync(fixture, "opportunity", "Picklist", query);
        var rating = choices["opportunityratingcode"].GetProperty("OptionSet");
        rating.GetProperty("IsGlobal").GetBoolean().ShouldBeFalse();
        rating.GetProperty("Options").EnumerateArray().Select(OptionText).ShouldBe(["1 Hot", "2 Warm", "3 Cold"]);
        choices["need"].GetProperty("OptionSet").ValueKind.ShouldBe(JsonValueKind.Null);
        choices["need"].GetProperty("GlobalOptionSet").GetProperty("Name").GetString().ShouldBe("need");

        var status = (await AttributesAsync(fixture, "opportunity", "Status", query))["statuscode"];
        status.GetProperty("OptionSet").GetProperty("Options").EnumerateArray()
            .Select(option => (option.GetProperty("Value").GetInt32(), option.GetProperty("State").GetInt32()))
            .ShouldBe([(1, 0), (2, 0), (3, 1), (4, 2), (5, 2)]);
        var boolean = (await AttributesAsync(fixture, "account", "Boolean", query))["merged"].GetProperty("OptionSet");
        OptionText(boolean.GetProperty("TrueOption")).ShouldBe("1 Yes");
        OptionText(boolean.GetProperty("FalseOption")).ShouldBe("0 No");
    }

    [Theory]
    [InlineData("Memo")]
    [InlineData("Integer")]
    [InlineData("BigInt")]
    [InlineData("Decimal")]
    [InlineData("Double")]
    [InlineData("State")]
    public async Task Cast_OfAnyType_ListsTheColumnsOfThatType(string cast)
    {
        await using var fixture = await SandboxFixture.StartAsync(10);

        var attributes = await AttributesAsync(fixture, "opportunity", cast);

        var expected = fixture.Sandbox.Table("opportunity").Columns.Where(column => column.Type.ToString() == cast);
        attributes.Keys.ShouldBe(expected.Select(column => column.Name));
    }

    [Theory]
    [InlineData("EntityDefinitions(LogicalName='nosuch')")]
    [InlineData("EntityDefinitions(LogicalName='account')/Nothing")]
    [InlineData("nosuches")]
    public async Task Request_OfWhatDoesNotExist_IsNotFound(string target)
    {
        await using var fixture = await SandboxFixture.StartAsync(10);

        using var response = await fixture.SendAsync(target);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string OptionText(JsonElement option)
    {
        var label = option.GetProperty("Label");
        label.GetProperty("LocalizedLabels")[0].GetProperty("LanguageCode").GetInt32().ShouldBe(1033);
        return $"{option.GetProperty("Value").GetInt32()} "
            + label.GetProperty("UserLocalizedLabel").GetProperty("Label").GetString();
    }

    private static async Task<Dictionary<string, JsonElement>> AttributesAsync(
        SandboxFixture fixture, string table, string cast, string query = "")
    {
        var typed = cast.Length > 0 ? $"/Microsoft.Dynamics.CRM.{cast}AttributeMetadata" : "";
        var answer = await fixture.GetAsync($"EntityDefinitions(LogicalName='{table}')/Attributes{typed}?{query}");
        return answer.GetProperty("value").EnumerateArray()
            .ToDictionary(attribute => attribute.GetProperty("LogicalName").GetString()!);
    }
}

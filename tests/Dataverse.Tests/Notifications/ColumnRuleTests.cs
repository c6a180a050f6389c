using System.Text;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Notifications;

public sealed class ColumnRuleTests
{
    private const string Id = "AB7501C2-AA4E-EC11-8C62-000D3ABA6CF0";

    [Theory]
    [InlineData("name", "'a\\/b \\u00e9 \\ud83d\\ude00 \\n'", "a/b é 😀 \n")]
    [InlineData("name", "'cut \\ud83d'", "cut \uFFFD")]
    [InlineData("name", "'\\udc00\\ud83dx'", "\uFFFD\uFFFDx")]
    [InlineData("name", "''", "")]
    [InlineData("description", "'long'", "long")]
    [InlineData("numberofemployees", "-2147483648", "-2147483648")]
    [InlineData("versionnumber", "9007199254740993", "9007199254740993")]
    [InlineData("creditonhold", "true", "true")]
    [InlineData("createdon", "'\\/Date(1724658196999)\\/'", "2024-08-26T07:43:16.000Z")]
    [InlineData("createdon", "'/Date(-1000)/'", "1969-12-31T23:59:59.000Z")]
    [InlineData("modifiedon", "'\\/Date(1506409448000-0700)\\/'", "2017-09-26T00:04:08.000Z")]
    [InlineData("lastusedon", "'\\/Date(643420800000+0000)\\/'", "1990-05-23T00:00:00.000Z")]
    [InlineData("lastusedon", "'\\/Date(643406400000+0530)\\/'", "1990-05-23T00:00:00.000Z")]
    [InlineData("exchangerate", "1.0000000000", "1.0000000000")]
    [InlineData("exchangerate", "1.5E3", "1500")]
    [InlineData("address1_latitude", "47.639583", "47.639583")]
    [InlineData("revenue", "{'__type':'Money:x','Value':100.0000}", "100.0000")]
    [InlineData("industrycode", "{'__type':'OptionSetValue:x','Value':342490000}", "342490000")]
    [InlineData("statecode", "{'Value':1}", "1")]
    [InlineData("tablename", "'account'", "account")]
    [InlineData("accountid", $"'{Id}'", "ab7501c2-aa4e-ec11-8c62-000d3aba6cf0")]
    [InlineData("ownerid", $"{{'Id':'{Id}','LogicalName':'team'}}", "ab7501c2-aa4e-ec11-8c62-000d3aba6cf0")]
    [InlineData("tags", "[{'__type':'OptionSetValue:x','Value':20},{'__type':'OptionSetValue:x','Value':3}]", "3;20")]
    [InlineData("tags", "[]", null)]
    [InlineData("revenue", "null", null)]
    public void Value_OfItsColumnsType_IsKept(string column, string value, string? expected) =>
        ReadUpdate(Item(column, value))[column].ShouldBe(expected);

    [Fact]
    public void Json_TextThatLooksLikeADate_IsTextInATextColumn()
    {
        var body = Encoding.UTF8.GetBytes(WithTarget("Update", Item("name", "'/Date(5)/'")));

        TestTables.Account.Read(Decode(body).Changes[0].Columns)["name"].ShouldBe("/Date(5)/");
    }

    [Fact]
    public void Json_AmountInQuotes_IsAQuestion()
    {
        var body = Encoding.UTF8.GetBytes(
            WithTarget("Update", Item("revenue", "{'__type':'Money:x','Value':'1'}")));

        Decode(body).Changes[0].Reason.ShouldBe(UncertainReason.Undecodable);
    }

    [Fact]
    public void Lookup_Table_IsKept()
    {
        var change = Decode(WithTarget("Update", Item("ownerid", Reference("team")))).Changes[0];

        change.Columns!.TryGet(TestTables.Account.OrdinalOf("ownerid"), out var owner).ShouldBeTrue();
        Encoding.UTF8.GetString(owner.LookupTable).ShouldBe("team");
    }

    [Theory]
    [InlineData("name", "5")]
    [InlineData("name", "{}")]
    [InlineData("name", "[1,2]")]
    [InlineData("numberofemployees", "'5'")]
    [InlineData("numberofemployees", "5.5")]
    [InlineData("numberofemployees", "2147483648")]
    [InlineData("versionnumber", "9223372036854775808")]
    [InlineData("creditonhold", "1")]
    [InlineData("creditonhold", "'true'")]
    [InlineData("lastusedon", "'soon'")]
    [InlineData("lastusedon", "'\\/Date(9223372036854775807)\\/'")]
    [InlineData("lastusedon", "'\\/Date(253402300799999+0100)\\/'")]
    [InlineData("createdon", "1724658196000")]
    [InlineData("exchangerate", "true")]
    [InlineData("exchangerate", "1e300")]
    [InlineData("exchangerate", "{'__type':'Money:x','Value':1}")]
    [InlineData("address1_latitude", "1e999")]
    [InlineData("revenue", "100")]
    [InlineData("revenue", "{'__type':'OptionSetValue:x','Value':1}")]
    [InlineData("industrycode", "1")]
    [InlineData("industrycode", "{'__type':'Money:x','Value':1}")]
    [InlineData("industrycode", "{'__type':'OptionSetValue:x'}")]
    [InlineData("ownerid", $"'{Id}'")]
    [InlineData("ownerid", "{'__type':'EntityReference:x','Id':'no','LogicalName':'team'}")]
    [InlineData("ownerid", "{'Id':'00000000-0000-0000-0000-000000000000','LogicalName':'team'}")]
    [InlineData("accountid", "'no'")]
    [InlineData("tags", "'1;2'")]
    [InlineData("tags", "[1,2]")]
    [InlineData("tags", "[{'__type':'Money:x','Value':1}]")]
    public void Value_OfOtherType_MakesWholeChangeAQuestion(string column, string value)
    {
        var change = Decode(WithTarget("Update", Item("description", "'kept'") + "," + Item(column, value)))
            .Changes.ShouldHaveSingleItem();

        (change.Kind, change.Reason, change.Columns).ShouldBe((ChangeKind.Touched, UncertainReason.Undecodable, null));
    }

    [Theory]
    [InlineData("unknown", "{'a':[{'b':1}]}")]
    [InlineData("entityimage", "[1,2,3]")]
    [InlineData("parties", "{'__type':'EntityCollection:x','Entities':[{'Attributes':[]}]}")]
    [InlineData("parties", "null")]
    public void Column_ThatIsNotReplicated_IsDropped(string column, string value)
    {
        var change = Decode(WithTarget("Update", Item(column, value) + "," + Item("name", "'A'"))).Changes[0];

        TestTables.Account.Read(change.Columns).Keys.ShouldBe(["name"]);
    }

    [Fact]
    public void Text_OfInvalidUtf8_IsAQuestion()
    {
        var body = Encoding.UTF8.GetBytes(WithTarget("Update", Item("name", "'#'")));
        body[body.AsSpan().IndexOf((byte)'#')] = 0xC3;

        Decode(body).Changes[0].Reason.ShouldBe(UncertainReason.Undecodable);
    }

    [Fact]
    public void Column_Twice_HasItsLastValue() =>
        ReadUpdate(Item("name", "'A'") + "," + Item("name", "'B'"))["name"].ShouldBe("B");

    [Fact]
    public void TypeName_NotFirst_IsNoTypeName() =>
        ReadUpdate(Item("industrycode", "{'Value':4,'__type':'Money:x'}"))["industrycode"].ShouldBe("4");

    private static Dictionary<string, string?> ReadUpdate(string attributes) =>
        TestTables.Account.Read(Decode(WithTarget("Update", attributes)).Changes[0].Columns);
}

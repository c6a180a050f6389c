using System.Text;
using DataExport.Dataverse.Notifications;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Xml;

/// <summary>What text XML may look like, beyond what .NET writes, and what is refused.</summary>
public sealed class XmlBodyTests
{
    private const string Instance = "xmlns:i='http://www.w3.org/2001/XMLSchema-instance'";
    private const string Schema = "xmlns:s='http://www.w3.org/2001/XMLSchema'";
    private const string LaughsDoctype =
        "<!DOCTYPE a [<!ENTITY l 'lol'><!ENTITY m '&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;'><!ENTITY n '&m;&m;&m;&m;&m;&m;'>]>";

    [Theory]
    [InlineData("name", "i:type='s:string'>a &lt;&gt;&amp;&quot;&apos; b", "a <>&\"' b")]
    [InlineData("name", "i:type='s:string'>&#233;&#xE9;&#x1F600;&#xB;", "éé😀\u000B")]
    [InlineData("name", "i:type='s:string'>&#xD83D;", "\uFFFD")]
    [InlineData("name", "i:type='s:string'>a\r\nb\rc\nd&#xD;e", "a\nb\nc\nd\re")]
    [InlineData("name", "i:type='s:string'>a<![CDATA[<b>&amp;]]]]>c<!-- no -->d<?no no?>e", "a<b>&amp;]]cde")]
    [InlineData("name", "i:type='s:string'>  spaced  ", "  spaced  ")]
    [InlineData("name", "i:type='s:string'>", "")]
    [InlineData("name", "i:type=\"s:string\" >A", "A")]
    [InlineData("name", "i:type=' s:string '>A", "A")]
    [InlineData("name", "i:type='&#115;:string'>A", "A")]
    [InlineData("name", "xmlns:t='urn:other' i:type='t:string'>A", "A")]
    [InlineData("name", "i:type='string'>A", "A")]
    [InlineData("name", "i:nil='true'>", null)]
    [InlineData("name", "i:nil=' 1 '>", null)]
    [InlineData("name", "i:nil='false' i:type='s:string'>A", "A")]
    [InlineData("createdon", "i:type='s:dateTime'>2024-08-02T07:00:39Z", "2024-08-02T07:00:39.000Z")]
    [InlineData("createdon", "i:type='s:dateTime'> 2024-08-02T07:00:39.999 ", "2024-08-02T07:00:39.000Z")]
    [InlineData("createdon", "i:type='s:dateTime'>2024-08-02T07:00:39+03:00", "2024-08-02T07:00:39.000Z")]
    [InlineData("createdon", "i:type='s:dateTime'>2024-08-02T07:00:39-00:30", "2024-08-02T07:00:39.000Z")]
    [InlineData("lastusedon", "i:type='s:dateTime'>1990-05-23T00:00:00", "1990-05-23T00:00:00.000Z")]
    [InlineData("creditonhold", "i:type='s:boolean'> 1 ", "true")]
    [InlineData("numberofemployees", "i:type='s:int'> -5\n", "-5")]
    [InlineData("versionnumber", "i:type='s:long'>9007199254740993", "9007199254740993")]
    [InlineData("exchangerate", "i:type='s:decimal'>1.0000000000", "1.0000000000")]
    [InlineData("address1_latitude", "i:type='s:double'>4.7E1", "47")]
    [InlineData("revenue", "i:type='Money'><Other/><Value>1.50</Value>", "1.50")]
    [InlineData("tags", "i:type='OptionSetValueCollection'>", null)]
    [InlineData("accountid", "i:type='s:guid'>80A2C641-4C79-E611-80DF-C4346BACA9E4",
        "80a2c641-4c79-e611-80df-c4346baca9e4")]
    public void Value_HoweverWritten_IsRead(string column, string value, string? expected) =>
        TestTables.Account.Read(Decode(Update(column, value)).Changes.ShouldHaveSingleItem().Columns)[column]
            .ShouldBe(expected);

    [Theory]
    [InlineData("name", "i:type='s:int'>5")]
    [InlineData("name", "i:type='undeclared:string'>A")]
    [InlineData("name", "xmlns:j='urn:other' j:type='s:string'>A")]
    [InlineData("name", "type='s:string'>A")]
    [InlineData("name", ">A")]
    [InlineData("name", "i:type='s:string'>A<b/>")]
    [InlineData("name", "i:type='s:string'><b>A</b>")]
    [InlineData("name", "i:type='s:base64Binary'>AQID")]
    [InlineData("name", "i:type='OptionSetValue'><Value>1</Value>")]
    [InlineData("numberofemployees", "i:type='s:int'>five")]
    [InlineData("numberofemployees", "i:type='s:int'>2147483648")]
    [InlineData("numberofemployees", "i:type='s:int'>999999999999999999999999999999999999999999999999")]
    [InlineData("numberofemployees", "i:type='s:string'>5")]
    [InlineData("numberofemployees", "i:type='s:int'>")]
    [InlineData("address1_latitude", "i:type='s:double'>INF")]
    [InlineData("address1_latitude", "i:type='s:double'>NaN")]
    [InlineData("creditonhold", "i:type='s:boolean'>yes")]
    [InlineData("creditonhold", "i:type='s:int'>1")]
    [InlineData("createdon", "i:type='s:dateTime'>2024-13-02T07:00:39Z")]
    [InlineData("createdon", "i:type='s:dateTime'>2024-08-02T07:00:39+0300")]
    [InlineData("createdon", "i:type='s:string'>2024-08-02T07:00:39Z")]
    [InlineData("accountid", "i:type='s:guid'>{80A2C641-4C79-E611-80DF-C4346BACA9E4}")]
    [InlineData("ownerid", "i:type='EntityReference'><Id>no</Id><LogicalName>team</LogicalName>")]
    [InlineData("ownerid", "i:type='Entity'><Id>80a2c641-4c79-e611-80df-c4346baca9e4</Id>")]
    [InlineData("tags", "i:type='OptionSetValueCollection'><OptionSetValue/>")]
    [InlineData("tags", "i:type='OptionSetValueCollection'><Money><Value>1</Value></Money>")]
    public void Value_ThatIsNotWhatItSays_MakesWholeChangeAQuestion(string column, string value)
    {
        var change = Decode(Update(column, value)).Changes.ShouldHaveSingleItem();

        (change.Kind, change.Reason, change.Columns).ShouldBe((ChangeKind.Touched, UncertainReason.Undecodable, null));
    }

    [Fact]
    public void Value_OfInvalidUtf8_IsAQuestion()
    {
        var body = Update("name", "i:type='s:string'>#");
        body[Array.LastIndexOf(body, (byte)'#')] = 0xC3;

        Decode(body).Changes[0].Reason.ShouldBe(UncertainReason.Undecodable);
    }

    [Theory]
    [InlineData("<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\r\n<!-- x --> ", "<?pi?>\n<!---->")]
    [InlineData("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?>", "")]
    [InlineData(" \n", "\n")]
    public void Body_WithWhatMayStandAroundTheElement_IsDecoded(string before, string after) =>
        Decode(Encoding.UTF8.GetBytes(before + Text("name", "i:type='s:string'>A") + after))
            .Changes.ShouldHaveSingleItem().Kind.ShouldBe(ChangeKind.Update);

    [Theory]
    [InlineData(LaughsDoctype + "<RemoteExecutionContext>&n;</RemoteExecutionContext>", 0, "document type")]
    [InlineData("<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>", 0, "document type")]
    [InlineData("<!DOCTYPE a PUBLIC '-//A' 'file:///etc/passwd'><a/>", 0, "document type")]
    [InlineData("<a>&lol;</a>", 3, "entity")]
    [InlineData("<a b='&lol;'/>", 6, "entity")]
    [InlineData("<a>&#x110000;</a>", 3, "entity")]
    [InlineData("<a>&#;</a>", 3, "entity")]
    [InlineData("<a>&amp</a>", 3, "entity")]
    [InlineData("<a>\0</a>", 3, "letter")]
    [InlineData("<a>\u0001</a>", 3, "letter")]
    [InlineData("<a><![CDATA[\0]]></a>", 12, "letter")]
    [InlineData("<a>]]></a>", 3, "letter")]
    [InlineData("<a b='\u0002'/>", 6, "letter")]
    [InlineData("<a b='<'/>", 6, "letter")]
    [InlineData("<\0a/>", 1, "name")]
    [InlineData("<1a/>", 1, "name")]
    [InlineData("< a/>", 1, "name")]
    [InlineData("<a:/>", 3, "name")]
    [InlineData("<x:a/>", 0, "prefix of an element")]
    [InlineData("<a x:b='1'/>", 0, "prefix of an attribute")]
    [InlineData("<a xmlns:x=''/>", 0, "prefix cannot")]
    [InlineData("<a xmlns:xmlns='urn:a'/>", 0, "prefix cannot")]
    [InlineData("<a b='1' b='2'/>", 9, "twice")]
    [InlineData("<a b='1'c='2'/>", 8, "white space")]
    [InlineData("<a b/>", 4, "no value")]
    [InlineData("<a b=1/>", 5, "quotes")]
    [InlineData("<a b='1/>", 9, "no end")]
    [InlineData("<a", 2, "no end")]
    [InlineData("<a></b>", 3, "end tag")]
    [InlineData("<a></a b>", 3, "end tag")]
    [InlineData("<a></ab>", 3, "end tag")]
    [InlineData("<a><b></a>", 6, "end tag")]
    [InlineData("<!-- a -- b --><a/>", 7, "hyphens")]
    [InlineData("<!-- a", 6, "no end")]
    [InlineData("<?xml version='1.0' encoding='iso-8859-1'?><a/>", 20, "encoding")]
    [InlineData("<a><?xml version='1.0'?></a>", 3, "XML declaration")]
    [InlineData("<a>", 0, "no RemoteExecutionContext")]
    [InlineData("<RemoteExecutionContext>", 24, "ends inside")]
    [InlineData("<RemoteExecutionContext/>", 25, "MessageName is missing")]
    [InlineData("<RemoteExecutionContext/><b/>", 25, "second element")]
    [InlineData("<RemoteExecutionContext/>b", 25, "outside")]
    [InlineData("<!-- -->", 8, "no element")]
    [InlineData("<RemoteExecutionContext><MessageName/></RemoteExecutionContext>", 24, "MessageName is no text")]
    [InlineData("<RemoteExecutionContext><MessageName><b/></MessageName></RemoteExecutionContext>", 24, "no text")]
    [InlineData("<RemoteExecutionContext><OperationId>x</OperationId></RemoteExecutionContext>", 24, "is no GUID")]
    public void Body_ThatIsNoNotification_IsFaultAtItsPlace(string body, int position, string reason)
    {
        // Of an unknown root the fault comes first: what is wrong inside of it needs the right one.
        var isInside = position > 0 && body.StartsWith("<a>", StringComparison.Ordinal);
        var prefix = isInside ? "<RemoteExecutionContext>" : "";

        var fault = Fault(prefix + body);

        fault.Reason.ShouldContain(reason);
        fault.Position.ShouldBe(prefix.Length + position);
    }

    [Theory]
    [InlineData("<x>", "</x>")]
    [InlineData("<ParentContext>", "</ParentContext>")]
    [InlineData("<InputParameters><KeyValuePairOfstringanyType><key>Target</key><value>", "</value>")]
    public void Depth_TenThousand_IsFault(string open, string close)
    {
        var opened = string.Concat(Enumerable.Repeat(open, 10_000));
        var closed = string.Concat(Enumerable.Repeat(close, 10_000));

        var fault = Fault($"<RemoteExecutionContext>{opened}{closed}");

        fault.Reason.ShouldContain("deeper than 64");
        fault.Position.ShouldBeLessThan(64 * 80);
    }

    [Fact]
    public void Element_WithTooManyAttributesOrPrefixes_IsFault()
    {
        var attributes = string.Join(' ', Enumerable.Range(0, 33).Select(number => $"a{number}='1'"));
        var nested = string.Concat(Enumerable.Range(0, 60).Select(number =>
            $"<a xmlns:p{number}='u' xmlns:q{number}='u' xmlns:r{number}='u'>"));

        Fault($"<RemoteExecutionContext {attributes}/>").Reason.ShouldContain("more than 32 attributes");
        Fault($"<RemoteExecutionContext>{nested}").Reason.ShouldContain("more than 128 prefixes");
        Fault($"<RemoteExecutionContext><{new string('a', 600)}/>").Reason.ShouldContain("longer than 512 bytes");
    }

    [Fact]
    public void Body_InUtf16_IsRefused() =>
        Fault([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("<RemoteExecutionContext/>")]).Reason.ShouldContain("UTF-16");

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/msbin1")]
    [InlineData("application/xml; charset=utf-8")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public void ContentType_Wrong_ChangesNothing(string? contentType)
    {
        var json = WithTarget("Update", Item("name", "'A'"));
        foreach (var body in Forms(json))
        {
            new NotificationDecoder().TryDecode(
                new NotificationBody(body, contentType), Catalog, new DecodedNotification(), out var fault)
                .ShouldBeTrue(fault.ToString());
        }
    }

    private static byte[] Update(string column, string value) => Encoding.UTF8.GetBytes(Text(column, value));

    /// <summary>An update of one column; the value is what stands between its name and its end.</summary>
    private static string Text(string column, string value) => $"""
        <RemoteExecutionContext {Instance} {Schema}><InputParameters xmlns:c="urn:c"><KeyValuePairOfstringanyType>
        <c:key>Target</c:key><c:value i:type="Entity"><Attributes><KeyValuePairOfstringanyType><c:key>{column}</c:key>
        <c:value {value}</c:value></KeyValuePairOfstringanyType></Attributes><Id>{RecordId}</Id>
        <LogicalName>account</LogicalName></c:value></KeyValuePairOfstringanyType></InputParameters>
        <MessageName>Update</MessageName><PrimaryEntityName>account</PrimaryEntityName></RemoteExecutionContext>
        """;
}

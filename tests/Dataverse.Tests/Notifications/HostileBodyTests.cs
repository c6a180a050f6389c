using System.Text;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Notifications;

public sealed class HostileBodyTests
{
    private static readonly string NoId = Guid.Empty.ToString();

    private static readonly string Good = WithTarget(
        "Create",
        string.Join(',', Item("name", "'a\\u00e9'"), Item("revenue", "{'__type':'Money:x','Value':1.50}"),
            Item("tags", "[{'Value':1}]"), Item("ownerid", Reference("team")),
            Item("modifiedon", "'\\/Date(1724658196000)\\/'")));

    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData(" \r\n", 0, "empty")]
    [InlineData("null", 0, "no JSON object and no XML")]
    [InlineData("[]", 0, "no JSON object and no XML")]
    [InlineData("{}", 1, "MessageName is missing")]
    [InlineData("{'MessageName':null}", 15, "MessageName is no text")]
    [InlineData("{'MessageName':'Create'} x", 25, "")]
    [InlineData("{'MessageName':'Create'}{}", 24, "")]
    [InlineData("{'MessageName':5}", 15, "MessageName is no text")]
    [InlineData("{'MessageName':{}}", 15, "MessageName is no text")]
    [InlineData("{'InputParameters':{}}", 19, "InputParameters is no array")]
    [InlineData("{'InputParameters':5}", 19, "InputParameters is no array")]
    [InlineData("{'OrganizationId':'x'}", 18, "OrganizationId is no GUID")]
    [InlineData("{'OrganizationId':5}", 18, "OrganizationId is no GUID")]
    [InlineData("{'OperationId':[]}", 15, "OperationId is no GUID")]
    [InlineData("{'PrimaryEntityId':true}", 19, "PrimaryEntityId is no GUID")]
    [InlineData("{'PrimaryEntityName':5}", 21, "PrimaryEntityName is no text")]
    [InlineData("{'OperationCreatedOn':5}", 22, "OperationCreatedOn is no date")]
    [InlineData("{\n'MessageName'\n:\n x}", 19, "")]
    public void Body_ThatIsNoNotification_IsFaultAtItsPlace(string body, int position, string reason)
    {
        var fault = Fault(body.Replace('\'', '"'));

        fault.Position.ShouldBe(position);
        fault.Reason.ShouldContain(reason);
        fault.Reason.ShouldNotBeEmpty();
        fault.Reason.ShouldNotContain("LineNumber");
    }

    [Theory]
    [InlineData("[5]", "an item of InputParameters is no object")]
    [InlineData("[{'key':5,'value':1}]", "the key of a parameter is no text")]
    [InlineData("[{'key':'Target','value':{'Attributes':5}}]", "Attributes is no array")]
    [InlineData("[{'key':'Target','value':{'Attributes':[5]}}]", "an item of Attributes is no object")]
    [InlineData("[{'key':'Target','value':{'Attributes':[{'key':{}}]}}]", "the key of an attribute is no text")]
    [InlineData("[{'key':'Target','value':{'Id':5}}]", "Id is no GUID")]
    [InlineData("[{'value':{'Attributes':[],'Id':5},'key':'Target'}]", "Id is no GUID")]
    [InlineData(
        "[{'key':'Target','value':{'Attributes':[{'key':5}],'LogicalName':'lead'}}]",
        "the key of an attribute is no text")]
    [InlineData("[{'key':'Target','value':{'LogicalName':5}}]", "LogicalName is no table's name")]
    public void Parameters_OfWrongTypes_AreFaultInsideThem(string parameters, string reason)
    {
        var body = Context("Create", parameters);

        var fault = Fault(body);

        fault.Reason.ShouldBe(reason);
        fault.Position.ShouldBeInRange(body.IndexOf('['), body.IndexOf("MessageName", StringComparison.Ordinal));
    }

    [Fact]
    public void Upsert_WithoutAnyId_IsFault() =>
        Fault(Context("Create", $"[{Item("Target", Entity("", id: NoId))}]", primaryId: NoId))
            .Reason.ShouldBe("the record has no id");

    [Theory]
    [InlineData("{'ParentContext':", "{'ParentContext':", "}")]
    [InlineData("{'x':", "[", "]")]
    [InlineData("{'InputParameters':[{'key':'Target','value':", "{'Attributes':[{'key':'name','value':", "}]}")]
    public void Depth_TenThousand_IsFault(string start, string open, string close)
    {
        const int Depth = 10_000;
        var opened = string.Concat(Enumerable.Repeat(open, Depth));
        var closed = string.Concat(Enumerable.Repeat(close, Depth));
        var body = $"{start}{opened}1{closed}}}";

        var fault = Fault(body.Replace('\'', '"'));

        fault.Reason.ShouldContain("64");
        fault.Position.ShouldBeLessThan(64 * 50);
    }

    [Fact]
    public void Text_OfFiftyMegabytes_IsRefusedUnreadAndReadOnceWhereAllowed()
    {
        var value = new string('x', 50 * 1024 * 1024);
        var body = Encoding.UTF8.GetBytes(WithTarget("Create", Item("name", $"'{value}'")));
        var decoder = new NotificationDecoder(new NotificationDecoderOptions { BodyBytesMax = 64 * 1024 * 1024 });
        var result = new DecodedNotification();

        Fault(body).Reason.ShouldContain("longer than 10485760 bytes");
        var before = GC.GetAllocatedBytesForCurrentThread();
        decoder.TryDecode(new NotificationBody(body), Catalog, result, out _).ShouldBeTrue();

        // Once into the builder's buffer, once into the change.
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(120L * 1024 * 1024);
        result.Changes[0].Columns!.EncodedBytes.ShouldBeGreaterThan(value.Length);
    }

    [Fact]
    public void Body_CutAnywhere_IsFault()
    {
        var body = Encoding.UTF8.GetBytes(Good);
        for (var length = 0; length < body.Length; length++)
        {
            Fault(body[..length]).Position.ShouldBeInRange(0, length);
        }
    }

    [Fact]
    public void Body_EachTokenReplaced_DecodesOrIsFault()
    {
        string[] replacements =
            ["null", "5", "-1.5e5", "true", "{}", "[]", "[[]]", "{\"a\":{}}", "\"\"", "\"\\ud800\"", "\"x\""];
        var decoder = new NotificationDecoder();
        var result = new DecodedNotification();
        foreach (var (start, end) in Values(Good))
        {
            foreach (var replacement in replacements)
            {
                var body = Encoding.UTF8.GetBytes(Good[..start] + replacement + Good[end..]);

                DecodeAny(decoder, body, result);
            }
        }
    }

    [Fact]
    public void Body_MutatedAtRandom_DecodesOrIsFault()
    {
        var random = new Random(20_241_124);
        var decoder = new NotificationDecoder();
        var result = new DecodedNotification();
        var original = Encoding.UTF8.GetBytes(Good);
        for (var round = 0; round < 20_000; round++)
        {
            var body = Mutate(original, random);

            DecodeAny(decoder, body, result);
        }
    }

    /// <summary>Any exception fails the test; a fault must have a reason and a place in the body.</summary>
    private static void DecodeAny(NotificationDecoder decoder, byte[] body, DecodedNotification result)
    {
        foreach (var catalog in (TableCatalog[])[Catalog, TableCatalog.Untyped])
        {
            if (!decoder.TryDecode(new NotificationBody(body), catalog, result, out var fault))
            {
                fault.Reason.ShouldNotBeNullOrEmpty();
                fault.Position.ShouldBeInRange(0, body.Length);
            }
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        const string Letters = "{}[]\",:\\/u0123456789abcdefEet-+. \uFFFD";
        var body = original.ToList();
        for (var edits = random.Next(1, 5); edits > 0; edits--)
        {
            var at = random.Next(body.Count - 20);
            switch (random.Next(4))
            {
                case 0:
                    body[at] = (byte)Letters[random.Next(Letters.Length)];
                    break;
                case 1:
                    body[at] = (byte)random.Next(256);
                    break;
                case 2:
                    body.RemoveRange(at, random.Next(1, 20));
                    break;
                default:
                    body.InsertRange(at, body.GetRange(random.Next(body.Count - 20), random.Next(1, 20)));
                    break;
            }
        }

        return [.. body];
    }

    /// <summary>Where each value begins and ends.</summary>
    private static List<(int Start, int End)> Values(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        bytes.Length.ShouldBe(json.Length);
        var values = new List<(int, int)>();
        var reader = new System.Text.Json.Utf8JsonReader(bytes);
        while (reader.Read())
        {
            if (reader.TokenType is not (System.Text.Json.JsonTokenType.PropertyName
                or System.Text.Json.JsonTokenType.EndArray or System.Text.Json.JsonTokenType.EndObject))
            {
                var start = (int)reader.TokenStartIndex;
                var whole = reader;
                whole.Skip();
                values.Add((start, (int)whole.BytesConsumed));
            }
        }

        return values;
    }
}

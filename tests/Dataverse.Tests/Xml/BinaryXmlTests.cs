using System.Text;
using DataExport.Dataverse.Xml;
using static DataExport.Dataverse.Tests.Notifications.TestDecoder;

namespace DataExport.Dataverse.Tests.Xml;

/// <summary>Every record of .NET binary XML, beside what .NET's own reader sees.</summary>
public sealed class BinaryXmlTests
{
    public static TheoryData<string, string> TextRecords => new()
    {
        { "80", "0" },
        { "82", "1" },
        { "84", "false" },
        { "86", "true" },
        { "88 FB", "-5" },
        { "8A 18 FC", "-1000" },
        { "8C 00 00 00 80", "-2147483648" },
        { "8E FF FF FF FF FF FF FF 7F", "9223372036854775807" },
        { "90 00 00 20 40", "2.5" },
        { "92 9A 99 99 99 99 99 F1 3F", "1.1" },
        { "94 00 00 02 00 00 00 00 00 96 00 00 00 00 00 00 00", "1.50" },
        { "94 00 00 1C 80 FF FF FF FF FF FF FF FF FF FF FF FF", "-7.9228162514264337593543950335" },
        { "98 00", "" },
        { "98 02 C3 A9", "é" },
        { "9A 03 00 61 62 63", "abc" },
        { "9C 03 00 00 00 61 62 63", "abc" },
        { "A8", "" },
        { "B0 33 22 11 00 55 44 77 66 88 99 AA BB CC DD EE FF", "00112233-4455-6677-8899-aabbccddeeff" },
        { "B2 FF FF FF FF FF FF FF FF", "18446744073709551615" },
        { "B4 00", "false" },
        { "B4 01", "true" },
        { "B6 02 E9 00", "é" },
        { "B8 04 00 3D D8 00 DE", "😀" },
        { "BA 02 00 00 00 41 00", "A" },
    };

    [Theory]
    [MemberData(nameof(TextRecords))]
    public void TextRecord_WithAndWithoutEnd_IsItsText(string record, string text)
    {
        var bytes = Hex(record);
        string[] expected = text.Length == 0 ? ["<a", ">"] : ["<a", "\"" + text, ">"];
        byte[] withEnd = [(byte)(bytes[0] + 1), .. bytes[1..]];
        foreach (var body in (byte[][])[[0x40, 1, (byte)'a', .. bytes, 1], [0x40, 1, (byte)'a', .. withEnd]])
        {
            XmlOracle.OursBinary(body).ShouldBe(expected);
            XmlOracle.ReadBinary(body).ShouldBe(expected);
        }
    }

    [Theory]
    [InlineData("96 80 05 05 D1 C0 B2 DC 48", "2024-08-02T07:00:39.0000000Z")]
    [InlineData("96 00 40 67 0D 86 B2 DC 08", "2024-08-02T00:00:00.0000000Z")]
    [InlineData("96 80 05 05 D1 C0 B2 DC 88", "2024-08-02T07:00:39.0000000Z")]
    public void DateRecord_OfAnyKind_IsItsInstant(string record, string instant)
    {
        var tokens = new BinaryXml([0x40, 1, (byte)'a', .. Hex(record), 1], new XmlBuffers(), 64);
        _ = tokens.Read();

        XmlWalk.ReadScalar(ref tokens).TryDate(out var date).ShouldBeTrue();

        date.ToString("O").ShouldBe(instant);
    }

    [Theory]
    [InlineData("96 FF FF FF FF FF FF FF 7F")]
    [InlineData("94 01 00 02 00 00 00 00 00 96 00 00 00 00 00 00 00")]
    [InlineData("94 00 00 1D 00 00 00 00 00 96 00 00 00 00 00 00 00")]
    [InlineData("94 00 00 02 01 00 00 00 00 96 00 00 00 00 00 00 00")]
    [InlineData("9E 03 01 02 03")]
    [InlineData("A0 03 00 01 02 03")]
    [InlineData("A2 03 00 00 00 01 02 03")]
    [InlineData("A4 88 01 98 01 61 A6")]
    [InlineData("AC 33 22 11 00 55 44 77 66 88 99 AA BB CC DD EE FF")]
    [InlineData("AE 00 00 00 00 00 00 00 00")]
    public void TextRecord_ThatNoColumnHolds_IsPassedOver(string record) =>
        XmlOracle.OursBinary([0x40, 1, (byte)'a', .. Hex(record), 1]).ShouldBe(["<a", "\"(other)", ">"]);

    [Theory]
    [InlineData("41 01 70 01 61 09 01 70 01 75 01", "<a >")]
    [InlineData("5E 01 61 09 01 61 01 75 01", "<a >")]
    [InlineData("77 01 61 09 01 7A 01 75 01", "<a >")]
    [InlineData("40 01 61 08 01 75 40 01 62 01 01", "<a <b > >")]
    [InlineData("40 01 61 04 01 62 98 01 63 05 01 70 01 64 88 05 09 01 70 01 75 01", "<a >")]
    [InlineData("40 01 61 26 01 62 86 3F 01 63 A8 09 01 61 01 75 09 01 7A 01 76 01", "<a >")]
    [InlineData("40 01 61 02 01 78 99 01 62 02 00", "<a \"b >")]
    [InlineData("02 01 78 40 01 61 01", "<a >")]
    [InlineData("40 01 61 98 01 62 02 01 78 98 01 63 40 01 64 01 9A 01 00 65 01", "<a \"bc <d > \"e >")]
    [InlineData("40 01 61 03 40 01 62 01 8B 03 01 00 02 00 FF FF 01", "<a <b \"1 > <b \"2 > <b \"-1 > >")]
    [InlineData("40 01 61 03 40 01 62 01 B5 02 00 01 01", "<a <b \"false > <b \"true > >")]
    [InlineData("40 01 61 03 5F 01 62 09 01 62 01 75 01 8B 02 01 00 02 00 40 01 63 01 01",
        "<a <b \"1 > <b \"2 > <c > >")]
    public void Records_OfOtherKinds_AreRead(string records, string expected)
    {
        var body = Hex(records);

        XmlOracle.OursBinary(body).ShouldBe(expected.Split(' '));
        XmlOracle.ReadBinary(body).ShouldBe(expected.Split(' '));
    }

    [Theory]
    [InlineData("40", 1, "goes beyond")]
    [InlineData("40 05 61", 2, "goes beyond")]
    [InlineData("40 FF FF FF FF 07 61", 6, "goes beyond")]
    [InlineData("40 FF FF FF FF FF FF 61", 1, "goes beyond")]
    [InlineData("40 81 80", 1, "goes beyond")]
    [InlineData("42 02", 0, "dictionary")]
    [InlineData("43 01 70 02", 0, "dictionary")]
    [InlineData("44 02", 0, "dictionary")]
    [InlineData("40 01 61 06 02 98 00", 3, "dictionary")]
    [InlineData("40 01 61 0A 02", 3, "dictionary")]
    [InlineData("40 01 61 0C 02 98 00", 3, "dictionary")]
    [InlineData("40 01 61 AA 02", 3, "dictionary")]
    [InlineData("40 01 61 BC 00 00 00 02", 3, "dictionary")]
    [InlineData("40 01 61 9D FF FF FF FF", 8, "goes beyond")]
    [InlineData("40 01 61 9D FF FF FF 7F", 8, "goes beyond")]
    [InlineData("40 01 61 9F 05 01", 5, "goes beyond")]
    [InlineData("40 01 61 8D 00", 4, "goes beyond")]
    [InlineData("40 01 61 A6", 3, "type")]
    [InlineData("40 01 61 C0", 3, "type")]
    [InlineData("40 01 61 A4 A4 A6 A6", 4, "list")]
    [InlineData("40 01 61 A4 89 01 A6", 4, "list")]
    [InlineData("40 01 61 A4", 4, "goes beyond")]
    [InlineData("40 01 61 04 01 62 99 01 63", 6, "ends an element")]
    [InlineData("40 01 61 04 01 62", 6, "type")]
    [InlineData("40 01 61 04 01 62 A8 04 01 62 A8 01", 7, "twice")]
    [InlineData("41 01 70 01 61 01", 0, "prefix")]
    [InlineData("40 01 61 01 40 01 62 01", 4, "second element")]
    [InlineData("40 01 61 01 01", 4, "did not begin")]
    [InlineData("40 01 61 01 98 01 62", 4, "outside")]
    [InlineData("40 01 61 03 40 01 62 01 8B 00", 3, "no items")]
    [InlineData("40 01 61 03 40 01 62 01 8B FF FF FF FF 07 00 00", 3, "more than the body")]
    [InlineData("40 01 61 03 40 01 62 01 99 01 00", 3, "no type")]
    [InlineData("40 01 61 03 40 01 62 01 8A 01 00 00", 3, "no type")]
    [InlineData("40 01 61 03 40 01 62 98 00", 3, "does not end")]
    [InlineData("40 01 61 03 98 01 62", 3, "begins with no element")]
    [InlineData("40 01 61", 3, "ends inside")]
    public void Records_ThatAreNone_AreFaultAtTheirPlace(string records, int position, string reason)
    {
        var fault = Should.Throw<DataExport.Dataverse.Notifications.DecodeException>(() =>
        {
            var tokens = new BinaryXml(Hex(records), new XmlBuffers(), 64);
            while (tokens.Read())
            {
            }
        });

        fault.Position.ShouldBe(position);
        fault.Message.ShouldContain(reason);
        (XmlOracle.ReadBinary(Hex(records)) is null || reason is "second element").ShouldBeTrue();
    }

    [Fact]
    public void Array_WalkedAgainFromItsSecondItem_IsTheSame()
    {
        // Three elements that are nil by a prefix of their own, and one behind them that declares another in its place.
        var declared = Convert.ToHexString("http://www.w3.org/2001/XMLSchema-instance"u8);
        var array = $"03 40 01 62 09 01 69 29 {declared} 2E 03 6E 69 6C 86 01 8B 03 01 00 02 00 03 00";
        var tokens = new BinaryXml(Hex($"40 01 61 {array} 40 01 63 09 01 70 01 75 01 01"), new XmlBuffers(), 64);
        _ = tokens.Read();
        XmlWalk.NextChild(ref tokens, 1).ShouldBeTrue();
        XmlWalk.NextChild(ref tokens, 1).ShouldBeTrue();
        var again = tokens;
        NumbersOf(ref tokens).ShouldBe("2 nil, 3 nil, ");

        again.Resume();

        NumbersOf(ref again).ShouldBe("2 nil, 3 nil, ");
    }

    [Fact]
    public void Depth_TenThousand_IsFault()
    {
        byte[] root = [0x40, 22, .. "RemoteExecutionContext"u8];
        var elements = Enumerable.Repeat<byte[]>([0x40, 1, (byte)'a'], 10_000).SelectMany(element => element);

        Fault([.. root, .. elements]).Reason.ShouldBe("the elements are nested deeper than 64");
    }

    [Fact]
    public void Text_InSeveralRecords_IsOne()
    {
        var json = WithTarget("Update", Item("name", "'one#two'"));
        var body = Bench.Decode.NotificationForms.BinaryXml(json);
        var at = body.AsSpan().IndexOf("one#two"u8);
        byte[] parts = [0x98, 3, .. "one"u8, 0xB6, 2, (byte)'#', 0, 0x88, 7, 0x99, 3, .. "two"u8];

        var decoded = Decode([.. body[..(at - 2)], .. parts, .. body[(at + 7)..]]);

        TestTables.Account.Read(decoded.Changes[0].Columns)["name"].ShouldBe("one#7two");
    }

    [Fact]
    public void Text_LongerThanOneRecord_IsKept()
    {
        var text = string.Concat(Enumerable.Range(0, 30_000).Select(number => $"é{number}"));
        var body = Bench.Decode.NotificationForms.BinaryXml(WithTarget("Update", Item("name", $"'{text}'")));

        TestTables.Account.Read(Decode(body).Changes[0].Columns)["name"].ShouldBe(text);
    }

    /// <summary>The numbers of the elements from the one that the walk stands on to the end of its parent.</summary>
    private static string NumbersOf(ref BinaryXml tokens)
    {
        var numbers = new StringBuilder();
        var hasNext = true;
        while (hasNext)
        {
            var isNil = tokens.IsNil;
            if (XmlWalk.ReadScalar(ref tokens).TryText(tokens.Buffers.Scratch, out var text) && text.Length > 0)
            {
                _ = numbers.Append($"{Encoding.UTF8.GetString(text)}{(isNil ? " nil" : "")}, ");
            }

            hasNext = XmlWalk.NextChild(ref tokens, 1);
        }

        return numbers.ToString();
    }

    private static byte[] Hex(string bytes) => Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));
}

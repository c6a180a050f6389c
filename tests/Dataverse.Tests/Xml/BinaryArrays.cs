using System.Buffers.Binary;
using System.Text;

namespace DataExport.Dataverse.Tests.Xml;

/// <summary>Bodies in binary XML, half of which is an array of items of one byte each.</summary>
internal static class BinaryArrays
{
    private const byte Instance = 'i' - 'a' + 0x26;
    private const int AttributesMax = 32;
    private const int NameBytes = 500;

    private static readonly byte[] PrefixOfInstance =
        [0x09, .. Name("i"), .. Name("http://www.w3.org/2001/XMLSchema-instance")];

    /// <summary>The element has an attribute whose value is a list.</summary>
    public static byte[] OfList(int bytes) => Root(
        Array("a", [0x04, .. Name("b"), 0xA4, .. Many(0x80, bytes / 2), 0xA6], bytes / 2));

    /// <summary>The element has attributes with long names.</summary>
    public static byte[] OfAttributes(int bytes)
    {
        var attributes = Enumerable.Range(0, AttributesMax).SelectMany(
            attribute => (byte[])[0x04, .. Name($"{attribute}".PadLeft(NameBytes, 'a')), 0xA8]);
        return Root(Array("a", [.. attributes], bytes));
    }

    /// <summary>The element is the value of a column.</summary>
    public static byte[] OfType(int bytes) => Update(
        Pair("name", Array("value", Long("type", (byte)'a', bytes / 2), bytes / 2)));

    /// <summary>The element is a list of attributes.</summary>
    public static byte[] OfNil(int bytes) =>
        Root(Parameter("Update", "Target", Array("Attributes", Long("nil", (byte)' ', bytes / 2), bytes / 2)));

    /// <summary>The element is one of several records.</summary>
    public static byte[] OfMembers(int bytes) =>
        Root(Parameter("DeleteMultiple", "Targets", Array("EntityReference", [], bytes)));

    private static byte[] Update(byte[] attribute) =>
        Root(Parameter("Update", "Target", Element("Attributes", attribute)));

    private static byte[] Parameter(string message, string key, byte[] value) =>
    [
        .. Element("InputParameters", Pair(key, Element("value", value))),
        .. Element("MessageName", Text(message)),
        0x40, .. Name("PrimaryEntityName"), 0x99, .. Name("account"),
    ];

    private static byte[] Pair(string key, byte[] value) => Element("p", [.. Element("key", Text(key)), .. value]);

    private static byte[] Root(byte[] content) =>
        Element("RemoteExecutionContext", [.. PrefixOfInstance, .. content]);

    private static byte[] Array(string name, byte[] attributes, int items) =>
        [0x03, .. Element(name, attributes), 0xB5, .. Number(items), .. new byte[items]];

    private static byte[] Element(string name, byte[] content) => [0x40, .. Name(name), .. content, 0x01];

    private static byte[] Long(string name, byte letter, int valueBytes)
    {
        byte[] start = [Instance, .. Name(name), 0x9C, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32LittleEndian(start.AsSpan(start.Length - 4), valueBytes);
        return [.. start, .. Many(letter, valueBytes)];
    }

    private static byte[] Many(byte value, int count)
    {
        var bytes = new byte[count];
        bytes.AsSpan().Fill(value);
        return bytes;
    }

    private static byte[] Text(string text) => [0x98, .. Name(text)];

    private static byte[] Name(string name) => [.. Number(name.Length), .. Encoding.ASCII.GetBytes(name)];

    private static byte[] Number(int value) => value < 0x80
        ? [(byte)value]
        : [(byte)(value | 0x80), .. Number(value >> 7)];
}

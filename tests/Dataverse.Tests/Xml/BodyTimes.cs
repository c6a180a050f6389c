using System.Text;

namespace DataExport.Dataverse.Tests.Xml;

/// <summary>
/// Bodies of megabytes, of the shapes in which a careless reader takes the square of their length.
/// </summary>
internal static class BodyTimes
{
    /// <summary>Elements of as many attributes as are allowed.</summary>
    public const string Attributes = "attributes";

    /// <summary>As many prefixes as are allowed, of which each element uses the one that is found last.</summary>
    public const string Prefixes = "prefixes";

    /// <summary>One text in a million parts.</summary>
    public const string Parts = "parts";

    /// <summary>A million records in one message.</summary>
    public const string Members = "members";

    /// <summary>One column, set a hundred thousand times.</summary>
    public const string Columns = "columns";

    /// <summary>A binary array of millions of items, whose element has a list of as many parts.</summary>
    public const string ArrayOfList = "array of list";

    /// <summary>A binary array of millions of items, whose element has as many attributes as are allowed.</summary>
    public const string ArrayOfAttributes = "array of attributes";

    /// <summary>A binary array of millions of values, whose type is a text of megabytes.</summary>
    public const string ArrayOfType = "array of type";

    /// <summary>The same of millions of lists of attributes that may be nil.</summary>
    public const string ArrayOfNil = "array of nil";

    /// <summary>A binary array of a million records, of which none says which it is.</summary>
    public const string ArrayOfMembers = "array of members";

    private const string Instance = "xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:s='urn:s'";

    /// <summary>A body of about <paramref name="bytes"/>.</summary>
    public static byte[] Of(string shape, int bytes) => shape switch
    {
        ArrayOfList => BinaryArrays.OfList(bytes),
        ArrayOfAttributes => BinaryArrays.OfAttributes(bytes / 2),
        ArrayOfType => BinaryArrays.OfType(bytes),
        ArrayOfNil => BinaryArrays.OfNil(bytes),
        ArrayOfMembers => BinaryArrays.OfMembers(bytes / 4),
        Attributes => Xml("", Repeat(
            $"<a {string.Join(' ', Enumerable.Range(0, 30).Select(at => $"a{at}='1'"))}/>", bytes)),
        Prefixes => Xml("", Prefixed(bytes)),
        Parts => Xml("<MessageName>", Repeat("a<!---->", bytes) + "</MessageName>"),
        Members => Xml(
            "<MessageName>DeleteMultiple</MessageName><PrimaryEntityName>account</PrimaryEntityName>" +
            "<InputParameters><p><key>Targets</key><value>",
            Repeat("<EntityReference><Id>80a2c641-4c79-e611-80df-c4346baca9e4</Id></EntityReference>", bytes) +
            "</value></p></InputParameters>"),
        _ => Xml(
            "<MessageName>Update</MessageName><InputParameters><p><key>Target</key><value i:type='Entity'><Attributes>",
            Repeat("<p><key>name</key><value i:type='s:string'>a</value></p>", bytes) +
            "</Attributes><Id>80a2c641-4c79-e611-80df-c4346baca9e4</Id><LogicalName>account</LogicalName>" +
            "</value></p></InputParameters>"),
    };

    private static string Prefixed(int bytes)
    {
        var open = string.Concat(Enumerable.Range(0, 40).Select(
            depth => $"<a xmlns:p{depth}='u' xmlns:q{depth}='u' xmlns:r{depth}='u'>"));
        return open + Repeat(
            $"<p0:a {string.Join(' ', Enumerable.Range(0, 30).Select(at => $"p0:a{at}=''"))}/>", bytes)
            + string.Concat(Enumerable.Repeat("</a>", 40));
    }

    private static string Repeat(string part, int bytes) =>
        new StringBuilder().Insert(0, part, bytes / part.Length).ToString();

    private static byte[] Xml(string start, string content) =>
        Encoding.UTF8.GetBytes($"<RemoteExecutionContext {Instance}>{start}{content}</RemoteExecutionContext>");
}

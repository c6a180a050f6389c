using System.Xml.Linq;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Exports;

/// <summary>
/// What the XML of a real export says about a table, read here alone: neither by what the Sandbox imports it with nor
/// by what reads metadata, so that a column that one of them leaves out is missed.
/// </summary>
internal sealed record ExportedTable(string Name, IReadOnlyList<ExportedColumn> Columns)
{
    private static readonly string[] _withoutData =
        ["ImageType", "VirtualType", "ManagedPropertyType", "CalendarRulesType"];

    private static readonly string[] _references = ["LookupType", "CustomerType", "OwnerType"];

    /// <summary>The columns that its copy has to have, ours included.</summary>
    public IEnumerable<string> Expected =>
    [
        "Id",
        "SinkCreatedOn",
        "SinkModifiedOn",
        .. Columns.SelectMany(static each => each.IsReference ? [each.Name, each.EntityType] : new[] { each.Name }),
    ];

    public static IReadOnlyList<ExportedTable> ReadAll() =>
        [.. Directory.EnumerateFiles(SampleFolder.Find("metadata")!, "*.xml").Order().Select(Read)];

    /// <summary>The table that a file is named for; one of a skeleton lies among others.</summary>
    private static ExportedTable Read(string file)
    {
        var name = Path.GetFileName(file).Split('.')[0];
        var attributes = XDocument.Load(file).Descendants()
            .Where(static each => each.Name.LocalName == "Attributes")
            .First(each => Text(each.Parent!, "LogicalName") == name)
            .Elements().ToList();
        var images = attributes.Where(static each => TypeOf(each) == "ImageType")
            .Select(static each => Text(each, "LogicalName"))
            .SelectMany(static image => new[] { image + "_timestamp", image + "_url" })
            .ToHashSet();
        return new ExportedTable(name, [.. attributes.Where(each => Counts(each, images)).Select(ToColumn)]);
    }

    /// <summary>Readable, holding data, and nothing beside another column but what tells of a picture.</summary>
    private static bool Counts(XElement attribute, HashSet<string> images) =>
        Text(attribute, "IsValidForRead") == "true"
        && !_withoutData.Contains(TypeOf(attribute))
        && (Text(attribute, "AttributeOf").Length == 0 || images.Contains(Text(attribute, "LogicalName")));

    private static ExportedColumn ToColumn(XElement attribute) =>
        new(Text(attribute, "LogicalName"), _references.Contains(TypeOf(attribute)));

    private static string TypeOf(XElement attribute) =>
        Text(attribute.Elements().Single(static each => each.Name.LocalName == "AttributeTypeName"), "Value");

    private static string Text(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(each => each.Name.LocalName == name)?.Value ?? "";
}

/// <summary>One column of an export.</summary>
/// <param name="Name">The logical name.</param>
/// <param name="IsReference">Whether a second column names the table that it points to.</param>
internal sealed record ExportedColumn(string Name, bool IsReference)
{
    public string EntityType => $"{Name}_entitytype";
}

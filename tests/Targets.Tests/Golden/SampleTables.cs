using System.Globalization;
using System.Xml.Linq;
using DataExport.Dataverse.WebApi;
using DataExport.Tests;

namespace DataExport.Targets.Tests.Golden;

/// <summary>Real tables, from metadata that lies beside the tree and is read in place.</summary>
internal static class SampleTables
{
    public static TableDefinition Read(string table)
    {
        var file = Directory.EnumerateFiles(SampleFolder.Find("metadata")!, $"{table}.*.xml").Single();
        var entity = XDocument.Load(file).Descendants()
            .Where(static each => each.Name.LocalName == "Attributes").Select(static each => each.Parent!)
            .First(each => Text(each, "LogicalName") == table);
        var attributes = AttributeReading.Replicated(
            [.. Child(entity, "Attributes")!.Elements().Select(AnswerOf)]);
        return new TableDefinition
        {
            Name = table,
            EntitySetName = Text(entity, "EntitySetName")!,
            PrimaryIdColumn = Text(entity, "PrimaryIdAttribute")!,
            SchemaName = Text(entity, "SchemaName")!,
            Columns = [.. attributes.Select(static each => AttributeReading.ToColumn(each, each))],
        };
    }

    /// <summary>A column as the Web API would describe it.</summary>
    private static AttributeAnswer AnswerOf(XElement attribute) => new()
    {
        LogicalName = Text(attribute, "LogicalName")!,
        AttributeType = Text(attribute, "AttributeType"),
        AttributeTypeName = new ManagedName(Text(Child(attribute, "AttributeTypeName"), "Value")),
        AttributeOf = Text(attribute, "AttributeOf"),
        IsValidForRead = Text(attribute, "IsValidForRead") is { } readable ? readable == "true" : null,
        MaxLength = Number(attribute, "MaxLength"),
        DatabaseLength = Number(attribute, "DatabaseLength"),
        Precision = Number(attribute, "Precision"),
        DateTimeBehavior = new ManagedName(Text(Child(attribute, "DateTimeBehavior"), "Value")),
        Targets = [.. Child(attribute, "Targets")?.Elements().Select(static each => each.Value) ?? []],
    };

    private static XElement? Child(XElement? parent, string name) =>
        parent?.Elements().FirstOrDefault(each => each.Name.LocalName == name);

    private static string? Text(XElement? parent, string name) =>
        Child(parent, name)?.Value is { Length: > 0 } text ? text : null;

    private static int? Number(XElement parent, string name) =>
        Text(parent, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

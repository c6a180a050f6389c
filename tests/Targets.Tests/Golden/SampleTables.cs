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
        OptionSet = OptionsOf(Child(attribute, "OptionSet")),
        Targets = [.. Child(attribute, "Targets")?.Elements().Select(static each => each.Value) ?? []],
    };

    /// <summary>The options without their labels, which no statement holds.</summary>
    private static OptionSetAnswer? OptionsOf(XElement? set) => Text(set, "Name") is not { } name ? null : new(
        name,
        Text(set, "IsGlobal") == "true",
        [.. Child(set, "Options")?.Elements().Select(OptionOf) ?? []],
        OptionOf(Child(set, "TrueOption")),
        OptionOf(Child(set, "FalseOption")));

    private static OptionAnswer OptionOf(XElement? option) =>
        new(option is null ? null : Number(option, "Value"), null, null);

    private static XElement? Child(XElement? parent, string name) =>
        parent?.Elements().FirstOrDefault(each => each.Name.LocalName == name);

    private static string? Text(XElement? parent, string name) =>
        Child(parent, name)?.Value is { Length: > 0 } text ? text : null;

    private static int? Number(XElement parent, string name) =>
        Text(parent, name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}

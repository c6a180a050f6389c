using System.Globalization;
using System.Xml.Linq;

namespace DataExport.Sandbox;

/// <summary>
/// One attribute of an EntityMetadata export. Names count without their prefixes, which differ by exporter.
/// </summary>
internal sealed class ExportedAttribute(XElement element)
{
    private const string Suffix = "AttributeMetadata";

    private readonly Dictionary<string, XElement> _members = element.Elements()
        .GroupBy(member => member.Name.LocalName, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    public string Name => Text("LogicalName") ?? "";

    public string? AttributeOf => Text("AttributeOf");

    public string AttributeType => Text("AttributeType") ?? "";

    public string TypeName => Nested("AttributeTypeName") ?? AttributeType + "Type";

    /// <summary>The metadata type without <c>AttributeMetadata</c>; empty for the base type.</summary>
    public string Cast
    {
        get
        {
            var type = element.Attributes().FirstOrDefault(each => each.Name.LocalName == "type")?.Value ?? Suffix;
            var name = type[(type.IndexOf(':', StringComparison.Ordinal) + 1)..];
            return name.EndsWith(Suffix, StringComparison.Ordinal) ? name[..^Suffix.Length] : "";
        }
    }

    public bool IsReadable => Text("IsValidForRead") != "false";

    public bool IsUpdatable => Text("IsValidForUpdate") != "false";

    public int MaxLength => int.TryParse(Text("MaxLength"), out var length) ? length : 0;

    public int Precision => int.TryParse(Text("Precision"), out var precision) ? Math.Clamp(precision, 0, 18) : 0;

    public long? Min => Whole(Text("MinValue"));

    public long? Max => Whole(Text("MaxValue"));

    public IReadOnlyList<string> Targets => _members.TryGetValue("Targets", out var targets)
        ? [.. targets.Elements().Select(target => target.Value)]
        : [];

    /// <summary>What a date means; before the property existed, the format told it.</summary>
    public SandboxDateBehavior DateBehavior => Nested("DateTimeBehavior") switch
    {
        "DateOnly" => SandboxDateBehavior.DateOnly,
        "TimeZoneIndependent" => SandboxDateBehavior.TimeZoneIndependent,
        _ => SandboxDateBehavior.UserLocal,
    };

    /// <summary>The name of a set that several columns share.</summary>
    public string? GlobalOptionSet => OptionSet is { } set && Child(set, "IsGlobal")?.Value == "true"
        ? Child(set, "Name")?.Value
        : null;

    public IReadOnlyList<SandboxOption> Options => OptionSet is { } set
        ? [.. OptionsOf(set).Select(ToOption).OfType<SandboxOption>()]
        : [];

    private XElement? OptionSet => _members.GetValueOrDefault("OptionSet");

    private static IEnumerable<XElement> OptionsOf(XElement set) =>
        Child(set, "Options") is { } options && options.HasElements
            ? options.Elements()
            : set.Elements().Where(each => each.Name.LocalName is "FalseOption" or "TrueOption");

    private static SandboxOption? ToOption(XElement option)
    {
        if (!int.TryParse(Child(option, "Value")?.Value, out var value))
        {
            return null;
        }

        var localized = Child(option, "Label") is { } labels ? Child(labels, "UserLocalizedLabel") : null;
        var label = localized is null ? null : Child(localized, "Label")?.Value;
        int? state = int.TryParse(Child(option, "State")?.Value, out var found) ? found : null;
        return new SandboxOption(value, label ?? $"Option {value}", state);
    }

    private string? Text(string name) => _members.TryGetValue(name, out var member) && member.Value.Length > 0
        ? member.Value
        : null;

    private string? Nested(string name) => _members.TryGetValue(name, out var member)
        ? Child(member, "Value")?.Value is { Length: > 0 } value ? value : null
        : null;

    private static XElement? Child(XElement parent, string name) =>
        parent.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    private static long? Whole(string? text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            && Math.Abs(exact) < long.MaxValue
            ? (long)Math.Truncate(exact)
            : number < 0 ? long.MinValue : long.MaxValue;
    }
}

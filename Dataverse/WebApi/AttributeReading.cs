using System.Collections.Immutable;

namespace DataExport.Dataverse.WebApi;

/// <summary>Makes column definitions of what the metadata says. Pure.</summary>
internal static class AttributeReading
{
    /// <summary>
    /// The columns that are replicated: readable, of a type that holds data, and no companions of others. Of an image
    /// the companions are all there is to replicate: its id, its time stamp and its address. A file's is its name.
    /// </summary>
    public static IEnumerable<AttributeAnswer> Replicated(IReadOnlyList<AttributeAnswer> all)
    {
        var companions = all.SelectMany(CompanionsOf).ToHashSet(StringComparer.Ordinal);
        return all.Where(each => each.IsValidForRead is not false
            && (string.IsNullOrEmpty(each.AttributeOf) || companions.Contains(each.LogicalName))
            && TypeOf(each, isDateOnly: false) is not null);
    }

    private static string[] CompanionsOf(AttributeAnswer attribute) => attribute switch
    {
        { AttributeTypeName.Value: "ImageType", LogicalName: var image } =>
            [$"{image}id", $"{image}_timestamp", $"{image}_url"],
        { AttributeTypeName.Value: "FileType", LogicalName: var file } => [$"{file}_name"],
        _ => [],
    };

    /// <summary>
    /// The type, or null for one that is not replicated: images themselves, managed properties, calendar rules. Of a
    /// file a row holds its id and never its bytes.
    /// </summary>
    public static ColumnType? TypeOf(AttributeAnswer attribute, bool isDateOnly) => attribute.AttributeType switch
    {
        "String" => ColumnType.Text,
        "Memo" => ColumnType.Memo,
        "Integer" => ColumnType.Integer,
        "BigInt" => ColumnType.BigInt,
        "Boolean" => ColumnType.Boolean,
        "DateTime" => isDateOnly ? ColumnType.DateOnly : ColumnType.DateTime,
        "Decimal" => ColumnType.Decimal,
        "Double" => ColumnType.Double,
        "Money" => ColumnType.Money,
        "Picklist" => ColumnType.Choice,
        "State" => ColumnType.State,
        "Status" => ColumnType.Status,
        "Lookup" or "Customer" or "Owner" => ColumnType.Lookup,
        "Uniqueidentifier" => ColumnType.UniqueIdentifier,
        "EntityName" => ColumnType.EntityName,
        "PartyList" => ColumnType.PartyList,
        "Virtual" or "File" when attribute.AttributeTypeName?.Value == "FileType" => ColumnType.UniqueIdentifier,
        "Virtual" or "MultiSelectPicklist" when IsMultiSelect(attribute) => ColumnType.MultiSelect,
        _ => null,
    };

    /// <summary>The column, from its base properties and those of its type, where there are any.</summary>
    public static ColumnDefinition ToColumn(AttributeAnswer attribute, AttributeAnswer? typed)
    {
        var options = typed?.OptionSet ?? typed?.GlobalOptionSet;
        return new ColumnDefinition
        {
            Name = attribute.LogicalName,
            Type = TypeOf(attribute, typed?.DateTimeBehavior?.Value == "DateOnly")!.Value,
            MaxLength = MaxLengthOf(typed),
            Precision = typed?.Precision ?? 0,
            Targets = [.. typed?.Targets ?? []],
            Options = options is null ? [] : ToOptions(options),
            OptionSetName = options?.Name,
            IsGlobalOptionSet = options?.IsGlobal ?? typed?.GlobalOptionSet is not null,
            AttributeType = IsMultiSelect(attribute) ? "MultiSelectPicklist" : attribute.AttributeType ?? "",
            MetadataId = attribute.MetadataId ?? Guid.Empty,

            // 0 is an ordinary column, null one that cannot be computed; 1 calculated, 2 rollup, then formulas.
            IsComputed = attribute.SourceType > 0,
            IsTimeZoneIndependent = typed?.DateTimeBehavior?.Value == "TimeZoneIndependent",
        };
    }

    private static bool IsMultiSelect(AttributeAnswer attribute) =>
        attribute.AttributeTypeName?.Value == "MultiSelectPicklistType";

    /// <summary>
    /// <c>MaxLength</c> may have been lowered after longer texts were stored; the database's length, in bytes of
    /// UTF-16, stays.
    /// </summary>
    private static int MaxLengthOf(AttributeAnswer? typed) =>
        Math.Max(typed?.MaxLength ?? 0, (typed?.DatabaseLength ?? 0) / 2);

    private static ImmutableArray<OptionDefinition> ToOptions(OptionSetAnswer set)
    {
        var options = ImmutableArray.CreateBuilder<OptionDefinition>();
        foreach (var option in (set.Options ?? []).Append(set.FalseOption).Append(set.TrueOption))
        {
            if (option?.Value is { } value)
            {
                options.AddRange(LabelsOf(option).Select(
                    label => new OptionDefinition(value, label.Label ?? "", label.LanguageCode ?? 0, option.State)));
            }
        }

        return options.ToImmutable();
    }

    private static IEnumerable<LocalizedLabelAnswer> LabelsOf(OptionAnswer option) =>
        option.Label is { LocalizedLabels: { Count: > 0 } all } ? all
        : option.Label?.UserLocalizedLabel is { } one ? [one]
        : [new LocalizedLabelAnswer("", 0)];
}

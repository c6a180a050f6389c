using System.Text.Json.Serialization;

namespace DataExport.Dataverse.WebApi;

/// <summary>A collection in an answer.</summary>
internal sealed record AnswerList<T>([property: JsonPropertyName("value")] IReadOnlyList<T>? Value);

/// <summary>The answer of <c>WhoAmI</c>.</summary>
internal sealed record WhoAmIAnswer(Guid OrganizationId, Guid UserId);

/// <summary>What any answer with annotations says of the metadata.</summary>
internal sealed record VersionAnswer([property: JsonPropertyName("@" + VersionAnswer.Annotation)] string? Version)
{
    public const string Annotation = "Microsoft.Dynamics.CRM.globalmetadataversion";
}

/// <summary>A table in <c>EntityDefinitions</c>, as far as it is asked for.</summary>
internal sealed record EntityAnswer(
    string LogicalName,
    string? SchemaName,
    string? EntitySetName,
    string? PrimaryIdAttribute,
    bool? ChangeTrackingEnabled,
    bool? IsIntersect,
    string? TableType,
    IReadOnlyList<PrivilegeAnswer>? Privileges);

/// <summary>A privilege on a table.</summary>
internal sealed record PrivilegeAnswer(string? Name, string? PrivilegeType);

/// <summary>An N:N relationship in <c>RelationshipDefinitions</c>.</summary>
internal sealed record RelationshipAnswer(
    string SchemaName,
    string IntersectEntityName,
    string Entity1LogicalName,
    string Entity1IntersectAttribute,
    string Entity2LogicalName,
    string Entity2IntersectAttribute);

/// <summary>A column in <c>Attributes</c>; of the typed requests only the members of that type are filled.</summary>
internal sealed record AttributeAnswer
{
    public string LogicalName { get; init; } = "";

    public Guid? MetadataId { get; init; }

    public string? AttributeType { get; init; }

    public ManagedName? AttributeTypeName { get; init; }

    public string? AttributeOf { get; init; }

    public bool? IsValidForRead { get; init; }

    public int? SourceType { get; init; }

    public int? MaxLength { get; init; }

    public int? DatabaseLength { get; init; }

    public int? Precision { get; init; }

    public ManagedName? DateTimeBehavior { get; init; }

    public IReadOnlyList<string>? Targets { get; init; }

    public OptionSetAnswer? OptionSet { get; init; }

    public OptionSetAnswer? GlobalOptionSet { get; init; }
}

/// <summary>A name that the Web API wraps in an object.</summary>
internal sealed record ManagedName(string? Value);

/// <summary>An option set; a Boolean's has two options outside the list.</summary>
internal sealed record OptionSetAnswer(
    string? Name,
    bool? IsGlobal,
    IReadOnlyList<OptionAnswer>? Options,
    OptionAnswer? TrueOption,
    OptionAnswer? FalseOption);

/// <summary>One option; <paramref name="State"/> is set for status reasons only.</summary>
internal sealed record OptionAnswer(int? Value, LabelAnswer? Label, int? State);

/// <summary>A label in all languages, and in the caller's.</summary>
internal sealed record LabelAnswer(
    IReadOnlyList<LocalizedLabelAnswer>? LocalizedLabels, LocalizedLabelAnswer? UserLocalizedLabel);

/// <summary>A label in one language.</summary>
internal sealed record LocalizedLabelAnswer(string? Label, int? LanguageCode);

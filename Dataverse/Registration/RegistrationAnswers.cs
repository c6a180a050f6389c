using System.Text.Json.Serialization;

namespace DataExport.Dataverse.Registration;

/// <summary>A page of a collection.</summary>
internal sealed record ComponentPage<T>(
    [property: JsonPropertyName("value")] IReadOnlyList<T>? Value,
    [property: JsonPropertyName("@odata.nextLink")] string? NextLink,
    [property: JsonPropertyName("@odata.count")] long? Count);

/// <summary>A row of <c>serviceendpoints</c>.</summary>
internal sealed record EndpointAnswer
{
    public const string Select = "serviceendpoints?$select=serviceendpointid,name,contract,messageformat,"
        + "messagecharset,authtype,namespaceaddress,path,saskeyname";

    [JsonPropertyName("serviceendpointid")]
    public Guid Id { get; init; }

    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("contract")]
    public int? Contract { get; init; }

    [JsonPropertyName("messageformat")]
    public int? MessageFormat { get; init; }

    [JsonPropertyName("messagecharset")]
    public int? MessageCharset { get; init; }

    [JsonPropertyName("authtype")]
    public int? AuthType { get; init; }

    [JsonPropertyName("namespaceaddress")]
    public string? NamespaceAddress { get; init; }

    [JsonPropertyName("path")]
    public string? Path { get; init; }

    [JsonPropertyName("saskeyname")]
    public string? KeyName { get; init; }
}

/// <summary>A row of <c>sdkmessages</c>.</summary>
internal sealed record MessageAnswer(
    [property: JsonPropertyName("sdkmessageid")] Guid Id,
    [property: JsonPropertyName("name")] string Name);

/// <summary>A row of <c>sdkmessagefilters</c>: a message of a table.</summary>
internal sealed record FilterAnswer(
    [property: JsonPropertyName("sdkmessagefilterid")] Guid Id,
    [property: JsonPropertyName("primaryobjecttypecode")] string Table,
    [property: JsonPropertyName("_sdkmessageid_value")] Guid MessageId,
    [property: JsonPropertyName("iscustomprocessingstepallowed")] bool? IsAllowed)
{
    public const string Select = "sdkmessagefilters?$select=sdkmessagefilterid,primaryobjecttypecode,"
        + "_sdkmessageid_value,iscustomprocessingstepallowed";
}

/// <summary>A row of <c>sdkmessageprocessingsteps</c>.</summary>
internal sealed record StepAnswer
{
    public const string Select = "sdkmessageprocessingsteps?$select=sdkmessageprocessingstepid,name,stage,mode,"
        + "statecode,asyncautodelete,filteringattributes,_eventhandler_value,_sdkmessageid_value,"
        + "_sdkmessagefilterid_value";

    [JsonPropertyName("sdkmessageprocessingstepid")]
    public Guid Id { get; init; }

    [JsonPropertyName("name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("stage")]
    public int? Stage { get; init; }

    [JsonPropertyName("mode")]
    public int? Mode { get; init; }

    [JsonPropertyName("statecode")]
    public int? State { get; init; }

    [JsonPropertyName("asyncautodelete")]
    public bool? AutoDeletes { get; init; }

    [JsonPropertyName("filteringattributes")]
    public string? FilteringColumns { get; init; }

    [JsonPropertyName("_eventhandler_value")]
    public Guid? EndpointId { get; init; }

    [JsonPropertyName("_sdkmessageid_value")]
    public Guid? MessageId { get; init; }

    [JsonPropertyName("_sdkmessagefilterid_value")]
    public Guid? FilterId { get; init; }
}

/// <summary>A row of <c>sdkmessageprocessingstepimages</c>.</summary>
internal sealed record ImageAnswer
{
    public const string Select = "sdkmessageprocessingstepimages?$select=sdkmessageprocessingstepimageid,entityalias,"
        + "imagetype,messagepropertyname,attributes,_sdkmessageprocessingstepid_value";

    [JsonPropertyName("sdkmessageprocessingstepimageid")]
    public Guid Id { get; init; }

    [JsonPropertyName("entityalias")]
    public string? Alias { get; init; }

    [JsonPropertyName("imagetype")]
    public int? ImageType { get; init; }

    [JsonPropertyName("messagepropertyname")]
    public string? PropertyName { get; init; }

    [JsonPropertyName("attributes")]
    public string? Columns { get; init; }

    [JsonPropertyName("_sdkmessageprocessingstepid_value")]
    public Guid? StepId { get; init; }
}

/// <summary>A row of <c>asyncoperations</c>.</summary>
internal sealed record JobAnswer([property: JsonPropertyName("completedon")] DateTime? CompletedOn);

using System.Text.Json;
using System.Text.Json.Serialization;

namespace DataExport.Api;

/// <summary>How the API writes JSON: field names as declared, numbers for enums, unknown fields skipped.</summary>
public static class ApiJson
{
    /// <summary>The options for both sides.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = null,
        PropertyNameCaseInsensitive = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 16,
    };
}

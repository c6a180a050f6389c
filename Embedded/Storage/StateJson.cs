using System.Text.Json;

namespace Orleans.Storage;

/// <summary>How states are written as JSON.</summary>
internal static class StateJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.General)
    {
        IncludeFields = true,
    };
}

using System.Text.Json;

namespace DataExport.Silo.Api;

/// <summary>Says where a body is malformed, without repeating any of it: it may hold a secret.</summary>
internal static class JsonFault
{
    public static string Describe(JsonException malformed)
    {
        var path = string.IsNullOrEmpty(malformed.Path) || malformed.Path == "$" ? "The body" : malformed.Path[2..];
        var place = malformed.LineNumber is { } line
            ? $" (line {line + 1}, byte {malformed.BytePositionInLine.GetValueOrDefault() + 1})"
            : "";
        return $"{path} is not what is expected there{place}. Send a profile as JSON.";
    }
}

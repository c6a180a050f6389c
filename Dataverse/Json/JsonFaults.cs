using System.Text.Json;

namespace DataExport.Dataverse.Json;

/// <summary>
/// Faults found while reading JSON, as the reader itself reports them, so that one catch serves both.
/// </summary>
internal static class JsonFaults
{
    /// <summary>A fault at the token the reader stands on. The reason must hold no value.</summary>
    public static JsonException Fault(this in Utf8JsonReader reader, string reason) =>
        new(reason, path: null, lineNumber: null, bytePositionInLine: reader.TokenStartIndex);

    /// <summary>A fault found in a part of the body, told for the whole.</summary>
    public static JsonException MovedBy(this JsonException fault, int partStart) =>
        new(fault.Message, path: null, fault.LineNumber, fault.BytePositionInLine + partStart);

    /// <summary>Where in <paramref name="json"/> a fault is, in bytes.</summary>
    public static long PositionIn(ReadOnlySpan<byte> json, JsonException fault)
    {
        var position = fault.BytePositionInLine ?? 0;
        for (var line = fault.LineNumber ?? 0; line > 0; line--)
        {
            // Line breaks can stand between tokens only, so each one is a line to the reader as well.
            var lineBytes = json.IndexOf((byte)'\n') + 1;
            position += lineBytes;
            json = json[lineBytes..];
        }

        return position;
    }

    /// <summary>The reason without the position that the reader appends to its own.</summary>
    public static string ReasonOf(JsonException fault)
    {
        var end = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? fault.Message : fault.Message[..end]).TrimEnd('.');
    }
}

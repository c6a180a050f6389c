using System.Buffers;
using System.Text.Json;

namespace DataExport.Silo.FailedRecords;

/// <summary>One entry of a failure log as a line of JSON. It holds no value of the record.</summary>
internal static class FailedRecordLine
{
    /// <summary>The entry with its line feed, UTF-8.</summary>
    public static ReadOnlyMemory<byte> Of(RecordKey key, ChangeKind? kind, string reason, DateTime time)
    {
        var line = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteString("profile", key.Profile);
            json.WriteString("table", key.Table);
            json.WriteString("recordId", key.RecordId);
            json.WriteString("kind", kind?.ToString());
            json.WriteString("time", time);
            json.WriteString("reason", reason);
            json.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenMemory;
    }
}

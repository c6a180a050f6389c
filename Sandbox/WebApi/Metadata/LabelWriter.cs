using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>Writes a text that has languages, of which the sandbox knows one.</summary>
internal static class LabelWriter
{
    private const int English = 1033;

    /// <summary>Writes a member; without a text it is there and empty.</summary>
    public static void Write(Utf8JsonWriter writer, string name, string? label)
    {
        writer.WriteStartObject(name);
        writer.WriteStartArray("LocalizedLabels");
        if (label is not null)
        {
            writer.WriteStartObject();
            WriteMembers(writer, label);
        }

        writer.WriteEndArray();
        if (label is null)
        {
            writer.WriteNull("UserLocalizedLabel");
        }
        else
        {
            writer.WriteStartObject("UserLocalizedLabel");
            WriteMembers(writer, label);
        }

        writer.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter writer, string label)
    {
        writer.WriteString("Label", label);
        writer.WriteNumber("LanguageCode", English);
        writer.WriteBoolean("IsManaged", true);
        writer.WriteString("MetadataId", DrawnId.Of(Mixer.Mix(English, label)));
        writer.WriteNull("HasChanged");
        writer.WriteEndObject();
    }
}

using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>Writes what <c>$expand=OptionSet,GlobalOptionSet</c> shows.</summary>
internal static class OptionSets
{
    private const int English = 1033;

    /// <summary>A set stands where it belongs: a local one in the first member, a global one in the second.</summary>
    public static void Write(Utf8JsonWriter writer, SandboxTable table, AttributeEntry entry)
    {
        var isGlobal = entry.Column.GlobalOptionSet is not null;
        if (isGlobal)
        {
            writer.WriteNull("OptionSet");
        }

        writer.WriteStartObject(isGlobal ? "GlobalOptionSet" : "OptionSet");
        writer.WriteString("Name", entry.Column.GlobalOptionSet ?? $"{table.Name}_{entry.Name}");
        writer.WriteBoolean("IsGlobal", isGlobal);
        writer.WriteString("OptionSetType", entry.AttributeType is "Virtual" ? "Picklist" : entry.AttributeType);
        writer.WriteString("MetadataId", DrawnId.Of(Mixer.Mix(entry.Column.Salt, "options")));
        if (entry.Column.Type is SandboxColumnType.Boolean)
        {
            WriteOption(writer, entry.Column.Options[1], "TrueOption");
            WriteOption(writer, entry.Column.Options[0], "FalseOption");
        }
        else
        {
            writer.WriteStartArray("Options");
            foreach (var option in entry.Column.Options)
            {
                WriteOption(writer, option, null);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        if (!isGlobal)
        {
            writer.WriteNull("GlobalOptionSet");
        }
    }

    private static void WriteOption(Utf8JsonWriter writer, SandboxOption option, string? name)
    {
        if (name is null)
        {
            writer.WriteStartObject();
        }
        else
        {
            writer.WriteStartObject(name);
        }

        writer.WriteNumber("Value", option.Value);
        writer.WriteStartObject("Label");
        writer.WriteStartArray("LocalizedLabels");
        writer.WriteStartObject();
        WriteLabel(writer, option.Label);
        writer.WriteEndArray();
        writer.WriteStartObject("UserLocalizedLabel");
        WriteLabel(writer, option.Label);
        writer.WriteEndObject();
        if (option.State is { } state)
        {
            writer.WriteNumber("State", state);
        }

        writer.WriteNull("Color");
        writer.WriteBoolean("IsManaged", true);
        writer.WriteEndObject();
    }

    private static void WriteLabel(Utf8JsonWriter writer, string label)
    {
        writer.WriteString("Label", label);
        writer.WriteNumber("LanguageCode", English);
        writer.WriteBoolean("IsManaged", true);
        writer.WriteEndObject();
    }
}

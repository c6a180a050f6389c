using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>Writes what <c>$expand=OptionSet,GlobalOptionSet</c> shows.</summary>
internal static class OptionSets
{
    /// <summary>A set stands where it belongs: a local one in the first member, a global one in the second.</summary>
    /// <param name="writer">Takes it.</param>
    /// <param name="table">The column's table.</param>
    /// <param name="entry">The column.</param>
    /// <param name="shape">Which members it shows, and what the answer says it is of, if it says so.</param>
    public static void Write(
        Utf8JsonWriter writer,
        SandboxTable table,
        AttributeEntry entry,
        (SelectedMembers Members, string? Context) shape)
    {
        var isGlobal = entry.Column.GlobalOptionSet is not null;
        if (isGlobal)
        {
            writer.WriteNull("OptionSet");
        }

        var name = isGlobal ? "GlobalOptionSet" : "OptionSet";
        if (shape.Context is { } context)
        {
            writer.WriteString($"{name}@odata.context", $"{context}/{name}/$entity");
        }

        writer.WriteStartObject(name);
        var members = shape.Members;
        members.String(writer, "Name", entry.Column.GlobalOptionSet ?? $"{table.Name}_{entry.Name}");
        members.Boolean(writer, "IsGlobal", isGlobal);
        members.String(writer, "OptionSetType", entry.AttributeType is "Virtual" ? "Picklist" : entry.AttributeType);
        writer.WriteString("MetadataId", DrawnId.Of(Mixer.Mix(entry.Column.Salt, "options")));
        WriteOptions(writer, entry.Column, members);
        writer.WriteEndObject();
        if (!isGlobal)
        {
            writer.WriteNull("GlobalOptionSet");
        }
    }

    private static void WriteOptions(Utf8JsonWriter writer, SandboxColumn column, SelectedMembers members)
    {
        if (column.Type is SandboxColumnType.Boolean)
        {
            WriteOption(writer, column.Options[1], "TrueOption");
            WriteOption(writer, column.Options[0], "FalseOption");
        }
        else if (members.Has("Options"))
        {
            writer.WriteStartArray("Options");
            foreach (var option in column.Options)
            {
                WriteOption(writer, option, null);
            }

            writer.WriteEndArray();
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
        LabelWriter.Write(writer, "Label", option.Label);
        LabelWriter.Write(writer, "Description", null);
        if (option.State is { } state)
        {
            writer.WriteNumber("State", state);
        }

        writer.WriteNull("Color");
        writer.WriteBoolean("IsManaged", true);
        writer.WriteNull("MetadataId");
        writer.WriteNull("HasChanged");
        writer.WriteEndObject();
    }
}

using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>Writes the members of a metadata object that <c>$select</c> names; without it, all.</summary>
internal sealed class SelectedMembers(string[] select)
{
    public bool Has(string name) => select.Length == 0 || Array.IndexOf(select, name) >= 0;

    public void String(Utf8JsonWriter writer, string name, string? value)
    {
        if (Has(name))
        {
            writer.WriteString(name, value);
        }
    }

    public void Number(Utf8JsonWriter writer, string name, decimal value)
    {
        if (Has(name))
        {
            writer.WriteNumber(name, value);
        }
    }

    public void Boolean(Utf8JsonWriter writer, string name, bool value)
    {
        if (Has(name))
        {
            writer.WriteBoolean(name, value);
        }
    }

    /// <summary>A member that is an object with one member <c>Value</c>.</summary>
    public void Wrapped(Utf8JsonWriter writer, string name, string value)
    {
        if (Has(name))
        {
            writer.WriteStartObject(name);
            writer.WriteString("Value", value);
            writer.WriteEndObject();
        }
    }

    public void Null(Utf8JsonWriter writer, string name)
    {
        if (Has(name))
        {
            writer.WriteNull(name);
        }
    }
}

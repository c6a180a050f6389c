using System.Globalization;
using System.Text.Json;

namespace DataExport.Sandbox;

/// <summary>Writes the metadata of one attribute.</summary>
internal sealed class AttributeWriter(SandboxTable table, string[] select, string expand)
{
    private const int CompanionLength = 160;

    // Of SourceType: 0 is an ordinary column, 1 a calculated one.
    private const int Rollup = 2;

    private readonly SelectedMembers _members = new(select);
    private readonly bool _expandsOptions = expand.Contains("OptionSet", StringComparison.Ordinal);
    private readonly SelectedMembers _setMembers = new(SelectWithin(expand));

    /// <param name="writer">Takes it.</param>
    /// <param name="entry">The attribute.</param>
    /// <param name="isCast">Whether the request names its type.</param>
    /// <param name="context">What stands alone says what it is of; null in a list, which says so itself.</param>
    public void Write(Utf8JsonWriter writer, AttributeEntry entry, bool isCast, string? context = null)
    {
        writer.WriteStartObject();
        if (context is not null)
        {
            writer.WriteString("@odata.context", $"{context}/$entity");
        }

        if (!isCast)
        {
            writer.WriteString("@odata.type", $"#Microsoft.Dynamics.CRM.{entry.Cast}AttributeMetadata");
        }

        WriteCommon(writer, entry);
        WriteTyped(writer, entry);
        writer.WriteString("MetadataId", entry.MetadataId);
        if (isCast && _expandsOptions && !entry.IsCompanion && entry.Column.Options.Count > 0)
        {
            OptionSets.Write(writer, table, entry, (_setMembers, context));
        }

        writer.WriteEndObject();
    }

    private void WriteCommon(Utf8JsonWriter writer, AttributeEntry entry)
    {
        var column = entry.Column;
        var isColumn = !entry.IsCompanion;
        _members.String(writer, "AttributeOf", entry.AttributeOf);
        _members.String(writer, "AttributeType", entry.AttributeType);
        _members.Wrapped(writer, "AttributeTypeName", entry.TypeName);
        _members.Number(writer, "ColumnNumber", column.Ordinal + 1);
        _members.String(writer, "EntityLogicalName", table.Name);
        _members.Boolean(writer, "IsCustomAttribute", false);
        _members.Boolean(writer, "IsLogical", !isColumn);
        _members.Boolean(writer, "IsPrimaryId", isColumn && column == table.PrimaryId);
        _members.Boolean(writer, "IsPrimaryName", isColumn && column == table.PrimaryName);
        _members.Boolean(writer, "IsValidForCreate", isColumn && column.IsUpdatable);
        _members.Boolean(writer, "IsValidForRead", column.IsReadable);
        _members.Boolean(writer, "IsValidForUpdate", isColumn && column.IsUpdatable);
        _members.Boolean(writer, "IsValidODataAttribute", column.IsPaged);
        _members.String(writer, "LogicalName", entry.Name);
        _members.String(writer, "SchemaName", SchemaName(entry.Name));
        if (_members.Has("SourceType"))
        {
            writer.WriteNumber("SourceType", isColumn && column.IsComputed ? Rollup : 0);
        }
    }

    private void WriteTyped(Utf8JsonWriter writer, AttributeEntry entry)
    {
        var column = entry.Column;
        switch (entry.Cast)
        {
            case "String" or "Memo":
                var length = entry.IsCompanion ? CompanionLength : column.MaxLength;
                _members.Number(writer, "MaxLength", length);
                _members.Number(writer, "DatabaseLength", length * 2);
                _members.String(writer, "Format", entry.Cast == "Memo" ? "TextArea" : "Text");
                break;
            case "Integer" or "BigInt":
                _members.Number(writer, "MinValue", column.MinValue);
                _members.Number(writer, "MaxValue", column.MaxValue);
                _members.String(writer, "Format", entry.Cast == "Integer" ? "None" : null);
                break;
            case "Decimal" or "Double" or "Money":
                WriteNumberType(writer, column);
                break;
            case "DateTime":
                var isDay = column.DateBehavior is SandboxDateBehavior.DateOnly;
                _members.String(writer, "Format", isDay ? "DateOnly" : "DateAndTime");
                _members.Wrapped(writer, "DateTimeBehavior", column.DateBehavior.ToString()!);
                break;
            case "Lookup" when _members.Has("Targets"):
                writer.WriteStartArray("Targets");
                foreach (var target in column.Targets)
                {
                    writer.WriteStringValue(target);
                }

                writer.WriteEndArray();
                break;
        }
    }

    private void WriteNumberType(Utf8JsonWriter writer, SandboxColumn column)
    {
        _members.Number(writer, "Precision", column.Precision);
        _members.Number(writer, "MinValue", column.MinValue);
        _members.Number(writer, "MaxValue", column.MaxValue);
        if (column.Type is not SandboxColumnType.Money)
        {
            return;
        }

        var isBase = column.Role is ColumnRole.BaseAmount;
        _members.Number(writer, "PrecisionSource", isBase ? 2 : 0);
        _members.Boolean(writer, "IsBaseCurrency", isBase);
        _members.String(writer, "CalculationOf", isBase ? table.Columns[column.Sources[0]].Name : null);
    }

    /// <summary>The members that <c>$expand=OptionSet($select=…)</c> names; both kinds of sets have the same.</summary>
    private static string[] SelectWithin(string expand)
    {
        const string Begin = "($select=";
        var begin = expand.IndexOf(Begin, StringComparison.Ordinal);
        var end = begin < 0 ? -1 : expand.IndexOf(')', begin);
        return end < 0 ? [] : expand[(begin + Begin.Length)..end].Split(',', StringSplitOptions.TrimEntries);
    }

    private static string SchemaName(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(name[0])}{name[1..]}");
}

using System.Text;
using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>Describes the columns of a record in a JSON body, see <see cref="ColumnInference"/>.</summary>
internal static class JsonColumnInference
{
    /// <summary>Describes the table by the array <paramref name="attributes"/>, which may be empty.</summary>
    public static ColumnIndex Describe(ReadOnlySpan<byte> name, ReadOnlySpan<byte> attributes)
    {
        var columns = new Dictionary<string, ColumnType>(StringComparer.Ordinal);
        if (!attributes.IsEmpty)
        {
            var reader = new Utf8JsonReader(attributes, new JsonReaderOptions { MaxDepth = 1_000 });
            reader.Read();
            while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
            {
                DescribeColumn(ref reader, columns);
            }
        }

        return ColumnInference.Describe(Encoding.UTF8.GetString(name), columns);
    }

    private static void DescribeColumn(ref Utf8JsonReader reader, Dictionary<string, ColumnType> columns)
    {
        string? name = null;
        ColumnType? type = null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isKey = reader.Is("key"u8);
            var isValue = reader.Is("value"u8);
            reader.Read();
            if (isKey && reader.TokenType is JsonTokenType.String)
            {
                name = reader.ShortString();
            }
            else if (isValue)
            {
                type = TypeOf(ref reader);
            }

            reader.Skip();
        }

        if (name is not null && type is not null)
        {
            columns[name] = type.Value;
        }
    }

    /// <summary>The type that a value's JSON shows, or null for one that no column can hold.</summary>
    private static ColumnType? TypeOf(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.True or JsonTokenType.False:
                return ColumnType.Boolean;
            case JsonTokenType.Number:
                return reader.TryGetDecimal(out _) ? ColumnType.Decimal : ColumnType.Double;
            case JsonTokenType.String:
                return JsonDates.TryDotNetDate(reader.ValueSpan, out _) ? ColumnType.DateTime : ColumnType.Text;
            case JsonTokenType.StartObject:
                return TypeOf(WireObject.Read(ref reader).TypeName);
            case JsonTokenType.StartArray:
                return IsMultiSelect(reader) ? ColumnType.MultiSelect : null;
            default:
                return ColumnType.Text;
        }
    }

    private static ColumnType? TypeOf(ReadOnlySpan<byte> typeName) =>
        typeName.SequenceEqual("OptionSetValue"u8) ? ColumnType.Choice
        : typeName.SequenceEqual("Money"u8) ? ColumnType.Money
        : typeName.SequenceEqual("EntityReference"u8) ? ColumnType.Lookup
        : null;

    /// <summary>Looks ahead on a copy of the reader: an array of options, or of anything else.</summary>
    private static bool IsMultiSelect(Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            if (!WireObject.Read(ref reader).TypeName.SequenceEqual("OptionSetValue"u8))
            {
                return false;
            }
        }

        return reader.TokenType is JsonTokenType.EndArray;
    }
}

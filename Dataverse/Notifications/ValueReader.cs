using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>Reads one value of an <c>Attributes</c> item as its column's type.</summary>
internal static class ValueReader
{
    /// <summary>
    /// Adds the value whose first token the reader stands on to <paramref name="values"/> and leaves the reader on
    /// its last. Returns whether the value fits the column.
    /// </summary>
    public static bool TryRead(ref Utf8JsonReader reader, ColumnIndex table, int ordinal, ColumnValuesBuilder values)
    {
        var type = table.TypeOf(ordinal);
        if (type is ColumnType.PartyList)
        {
            reader.Skip();
            return true;
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                values.AddNull(ordinal);
                return true;
            case JsonTokenType.StartObject:
                return TryObject(WireObject.Read(ref reader), type, ordinal, values);
            case JsonTokenType.StartArray:
                return MultiSelectReader.TryRead(ref reader, type, ordinal, values);
            case JsonTokenType.String:
                return TryString(ref reader, table, ordinal, values);
            default:
                // On this wire options and amounts are objects; a bare number is something else.
                return type is not (ColumnType.Money or ColumnType.Choice or ColumnType.State or ColumnType.Status)
                    && TryScalar(ref reader, type, ordinal, values);
        }
    }

    /// <summary>Adds the text the reader stands on. Returns whether it can be stored.</summary>
    public static bool TryText(ref Utf8JsonReader reader, int ordinal, ColumnValuesBuilder values)
    {
        if (!JsonText.IsValid(reader.ValueSpan))
        {
            return false;
        }

        if (!reader.ValueIsEscaped)
        {
            values.AddText(ordinal, reader.ValueSpan);
            return true;
        }

        var scratch = ArrayPool<byte>.Shared.Rent(reader.ValueSpan.Length);
        values.AddText(ordinal, scratch.AsSpan(0, JsonText.Unescape(reader.ValueSpan, scratch)));
        ArrayPool<byte>.Shared.Return(scratch);
        return true;
    }

    /// <summary>Adds a number, or true or false. Returns whether it fits the type.</summary>
    public static bool TryScalar(ref Utf8JsonReader reader, ColumnType type, int ordinal, ColumnValuesBuilder values)
    {
        if (type is ColumnType.Boolean)
        {
            values.Add(ordinal, reader.TokenType is JsonTokenType.True);
            return reader.TokenType is JsonTokenType.True or JsonTokenType.False;
        }

        return reader.TokenType is JsonTokenType.Number && TryNumber(reader.ValueSpan, type, ordinal, values);
    }

    /// <summary>
    /// Adds a number from its digits, so that a decimal keeps its scale. Returns whether it fits the type.
    /// </summary>
    public static bool TryNumber(ReadOnlySpan<byte> digits, ColumnType type, int ordinal, ColumnValuesBuilder values)
    {
        switch (type)
        {
            case ColumnType.Integer or ColumnType.Choice or ColumnType.State or ColumnType.Status
                when Utf8Parser.TryParse(digits, out int option, out var consumed) && consumed == digits.Length:
                values.Add(ordinal, (long)option);
                return true;
            case ColumnType.BigInt
                when Utf8Parser.TryParse(digits, out long number, out var consumed) && consumed == digits.Length:
                values.Add(ordinal, number);
                return true;
            case ColumnType.Decimal or ColumnType.Money
                when Utf8Parser.TryParse(digits, out decimal number, out var consumed)
                    && consumed == digits.Length:
                values.Add(ordinal, number);
                return true;
            case ColumnType.Double
                when Utf8Parser.TryParse(digits, out double number, out var consumed)
                    && consumed == digits.Length && double.IsFinite(number):
                values.Add(ordinal, number);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Adds what a string stands for. Returns whether it fits the column.</summary>
    public static bool TryString(
        ref Utf8JsonReader reader, ColumnIndex table, int ordinal, ColumnValuesBuilder values)
    {
        switch (table.TypeOf(ordinal))
        {
            case ColumnType.Text or ColumnType.Memo or ColumnType.EntityName:
                return TryText(ref reader, ordinal, values);
            case ColumnType.UniqueIdentifier when reader.TryGuid(out var id):
                values.Add(ordinal, id);
                return true;
            case ColumnType.DateOnly when reader.TryDate(out var date):
                values.Add(ordinal, date.Date);
                return true;
            case ColumnType.DateTime when reader.TryDate(out var instant):
                values.Add(ordinal, table.IsWholeSeconds(ordinal) ? WholeSeconds(instant) : instant);
                return true;
            default:
                return false;
        }
    }

    /// <summary>The instant without its fraction of a second.</summary>
    public static DateTime WholeSeconds(DateTime instant) =>
        new(instant.Ticks - instant.Ticks % TimeSpan.TicksPerSecond, instant.Kind);

    private static bool TryObject(WireObject value, ColumnType type, int ordinal, ColumnValuesBuilder values)
    {
        switch (type)
        {
            case ColumnType.Choice or ColumnType.State or ColumnType.Status when value.CanBe("OptionSetValue"u8):
            case ColumnType.Money when value.CanBe("Money"u8):
                return TryNumber(value.Number, type, ordinal, values);
            case ColumnType.Lookup when value.CanBe("EntityReference"u8)
                && JsonText.TryGuid(value.Id, out var id) && id != Guid.Empty
                && value.LogicalName.Length <= byte.MaxValue:
                values.AddLookup(ordinal, id, value.LogicalName);
                return true;
            default:
                return false;
        }
    }
}

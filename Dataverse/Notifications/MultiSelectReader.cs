using System.Buffers;
using System.Buffers.Text;
using System.Text.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Makes the one text of a multi-select column out of its options: rising numbers, joined by semicolons.
/// </summary>
internal static class MultiSelectReader
{
    // Dataverse lets 150 options be chosen. What is longer is no multi-select.
    public const int OptionsMax = 256;

    /// <summary>Reads an array of OptionSetValue. The reader stands on its start and is left on its end.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, ColumnType type, int ordinal, ColumnValuesBuilder values)
    {
        if (type is not ColumnType.MultiSelect)
        {
            reader.Skip();
            return false;
        }

        Span<int> options = stackalloc int[OptionsMax];
        var count = 0;
        var fits = true;
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.StartObject || count == OptionsMax)
            {
                fits = false;
                reader.Skip();
                continue;
            }

            var option = WireObject.Read(ref reader);
            fits &= option.CanBe("OptionSetValue"u8)
                && Utf8Parser.TryParse(option.Number, out options[count++], out var consumed)
                && consumed == option.Number.Length;
        }

        if (fits)
        {
            Add(options[..count], ordinal, values);
        }

        return fits;
    }

    /// <summary>Reads the Web API's form, numbers joined by commas.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int ordinal, ColumnValuesBuilder values)
    {
        Span<int> options = stackalloc int[OptionsMax];
        var count = 0;
        while (!text.IsEmpty)
        {
            if (count == OptionsMax || !Utf8Parser.TryParse(text, out options[count++], out var consumed))
            {
                return false;
            }

            text = text[consumed..];
            if (!text.IsEmpty)
            {
                if (text[0] != ',')
                {
                    return false;
                }

                text = text[1..];
            }
        }

        Add(options[..count], ordinal, values);
        return true;
    }

    /// <summary>Adds the text of the options, which are sorted in place.</summary>
    public static void Add(Span<int> options, int ordinal, ColumnValuesBuilder values)
    {
        if (options.IsEmpty)
        {
            values.AddNull(ordinal);
            return;
        }

        options.Sort();
        var text = ArrayPool<byte>.Shared.Rent(options.Length * 12);
        var length = 0;
        foreach (var option in options)
        {
            if (length > 0)
            {
                text[length++] = (byte)';';
            }

            _ = Utf8Formatter.TryFormat(option, text.AsSpan(length), out var written);
            length += written;
        }

        values.AddText(ordinal, text.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(text);
    }
}

using System.Text;
using System.Text.Json;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Looks at <c>FormattedValues</c> of a JSON body for wrongly encoded text. They are never data: often, as with amounts
/// in euros, they are the one place that shows it.
/// </summary>
internal static class FormattedValueReader
{
    /// <summary>Passes over the value that the reader stands on.</summary>
    public static void Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, RecordDraft draft)
    {
        var items = reader;
        reader.Skip();
        if (reader.TokenType is JsonTokenType.EndArray
            && !Ascii.IsValid(json[(int)items.TokenStartIndex..(int)reader.BytesConsumed]))
        {
            ReadItems(ref items, draft);
        }
    }

    private static void ReadItems(ref Utf8JsonReader reader, RecordDraft draft)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.StartObject)
        {
            ReadItem(ref reader, draft);
        }
    }

    private static void ReadItem(ref Utf8JsonReader reader, RecordDraft draft)
    {
        string? name = null;
        var isMojibake = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isKey = reader.Is("key"u8);
            reader.Read();
            if (reader.TokenType is JsonTokenType.String)
            {
                name = isKey && reader.ValueSpan.Length <= JsonText.NameBytesMax ? reader.ShortString() : name;
                isMojibake |= !isKey && Mojibake.IsIn(reader.ValueSpan);
            }

            reader.Skip();
        }

        if (isMojibake && name is not null)
        {
            draft.TakeMojibake(name);
        }
    }
}

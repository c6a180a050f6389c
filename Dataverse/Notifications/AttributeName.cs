using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>The key of an <c>Attributes</c> item, looked up.</summary>
/// <param name="IsKnown">Whether there was a key at all.</param>
/// <param name="Ordinal">The column, or -1 when the table does not have it.</param>
/// <param name="IsModifiedOn">Whether it is <c>modifiedon</c>, which counts even where the table does not have
/// it.</param>
internal readonly record struct AttributeName(bool IsKnown, int Ordinal, bool IsModifiedOn)
{
    public static AttributeName Read(ref Utf8JsonReader reader, ColumnIndex table)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw reader.Fault("the key of an attribute is no text");
        }

        var ordinal = reader.ValueIsEscaped ? FindEscaped(ref reader, table) : table.OrdinalOf(reader.ValueSpan);
        var isModifiedOn = ordinal == table.ModifiedOnOrdinal && (ordinal >= 0 || reader.Is("modifiedon"u8));
        return new AttributeName(IsKnown: true, ordinal, isModifiedOn);
    }

    private static int FindEscaped(ref Utf8JsonReader reader, ColumnIndex table) =>
        table.OrdinalOf(reader.Plain(stackalloc byte[JsonText.NameBytesMax]));
}

using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>The key of an <c>Attributes</c> item, looked up.</summary>
/// <param name="IsKnown">Whether there was a key at all.</param>
/// <param name="Ordinal">The column, or -1 when the table does not have it.</param>
/// <param name="IsModifiedOn">Whether it is <c>modifiedon</c>, which counts even where the table does not have
/// it.</param>
/// <param name="TouchesParties">Whether it is of an activity and its parties may have changed with it.</param>
internal readonly record struct AttributeName(bool IsKnown, int Ordinal, bool IsModifiedOn, bool TouchesParties)
{
    public static AttributeName Read(ref Utf8JsonReader reader, ColumnIndex table)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw reader.Fault("the key of an attribute is no text");
        }

        return reader.ValueIsEscaped ? FindEscaped(ref reader, table) : Find(reader.ValueSpan, table);
    }

    /// <summary>Looks a name up.</summary>
    public static AttributeName Find(ReadOnlySpan<byte> name, ColumnIndex table)
    {
        var ordinal = table.OrdinalOf(name);
        return new AttributeName(
            IsKnown: true,
            ordinal,
            ordinal == table.ModifiedOnOrdinal && (ordinal >= 0 || name.SequenceEqual("modifiedon"u8)),
            table.IsActivity && table.TouchesParties(ordinal, name));
    }

    private static AttributeName FindEscaped(ref Utf8JsonReader reader, ColumnIndex table) =>
        Find(reader.Plain(stackalloc byte[JsonText.NameBytesMax]), table);
}

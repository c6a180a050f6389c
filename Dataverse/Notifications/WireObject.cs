using System.Text.Json;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// A small object of the wire, read in one go: EntityReference, OptionSetValue, Money. All spans lie in the body; a
/// member with escapes, which none of these has, counts as missing.
/// </summary>
internal ref struct WireObject
{
    /// <summary>The name in <c>__type</c> before its namespace; empty when the object has none.</summary>
    public ReadOnlySpan<byte> TypeName { get; private set; }

    public ReadOnlySpan<byte> Id { get; private set; }

    public ReadOnlySpan<byte> LogicalName { get; private set; }

    /// <summary>The number in <c>Value</c>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Number { get; private set; }

    /// <summary>Whether the object is of the type, or does not tell its type.</summary>
    public readonly bool CanBe(ReadOnlySpan<byte> typeName) => TypeName.IsEmpty || TypeName.SequenceEqual(typeName);

    /// <summary>Reads the object whose start the reader stands on, and leaves the reader on its end.</summary>
    public static WireObject Read(ref Utf8JsonReader reader)
    {
        var result = default(WireObject);
        for (var isFirst = true; reader.Read() && reader.TokenType is JsonTokenType.PropertyName; isFirst = false)
        {
            var name = reader.ValueSpan;
            reader.Read();
            if (isFirst && name.SequenceEqual("__type"u8))
            {
                result.TypeName = TypeNameOf(ref reader);
            }
            else if (name.SequenceEqual("Id"u8))
            {
                result.Id = PlainString(ref reader);
            }
            else if (name.SequenceEqual("LogicalName"u8))
            {
                result.LogicalName = PlainString(ref reader);
            }
            else if (name.SequenceEqual("Value"u8))
            {
                result.Number = reader.TokenType is JsonTokenType.Number ? reader.ValueSpan : default;
            }

            reader.Skip();
        }

        return result;
    }

    /// <summary>
    /// The part of a <c>__type</c> before the colon. Its namespace has escaped slashes, its name never.
    /// </summary>
    public static ReadOnlySpan<byte> TypeNameOf(scoped ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            return default;
        }

        var colon = reader.ValueSpan.IndexOf((byte)':');
        return colon < 0 ? reader.ValueSpan : reader.ValueSpan[..colon];
    }

    private static ReadOnlySpan<byte> PlainString(scoped ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.String && !reader.ValueIsEscaped ? reader.ValueSpan : default;
}

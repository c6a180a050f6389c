using System.Buffers.Text;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>
/// Reads one value of an <c>Attributes</c> item as its column's type. A value must be of a type that JSON, which tells
/// fewer, would have taken for the column's too, so that a message means the same in every format.
/// </summary>
internal static class XmlValueReader
{
    private const int GuidLength = 36;

    /// <summary>
    /// Adds the value whose start the walk stands on to <paramref name="values"/> and leaves the walk on its end.
    /// Returns whether the value fits the column.
    /// </summary>
    public static bool TryRead<T>(ref T tokens, ColumnIndex table, int ordinal, ColumnValuesBuilder values)
        where T : struct, IXmlTokens, allows ref struct
    {
        var column = table.TypeOf(ordinal);
        if (column is ColumnType.PartyList || tokens.IsNil)
        {
            XmlWalk.Skip(ref tokens);
            if (column is not ColumnType.PartyList)
            {
                values.AddNull(ordinal);
            }

            return true;
        }

        switch (tokens.Type)
        {
            case XmlValueType.Option when column is ColumnType.Choice or ColumnType.State or ColumnType.Status:
            case XmlValueType.Money when column is ColumnType.Money:
                return TryMember(ref tokens, column, ordinal, values);
            case XmlValueType.Reference when column is ColumnType.Lookup:
                return TryLookup(ref tokens, ordinal, values);
            case XmlValueType.Options when column is ColumnType.MultiSelect:
                return TryOptions(ref tokens, ordinal, values);
            case XmlValueType.Number when IsNumber(column):
                return TryNumber(XmlWalk.ReadScalar(ref tokens), column, ordinal, values);
            case XmlValueType.Text when column is ColumnType.Text or ColumnType.Memo or ColumnType.EntityName:
                return TryText(XmlWalk.ReadScalar(ref tokens), ordinal, values);
            case XmlValueType.Text or XmlValueType.Guid or XmlValueType.Date or XmlValueType.Boolean:
                return TryScalar(ref tokens, table, ordinal, values);
            default:
                XmlWalk.Skip(ref tokens);
                return false;
        }
    }

    private static bool IsNumber(ColumnType column) => column is ColumnType.Integer or ColumnType.BigInt
        or ColumnType.Decimal or ColumnType.Double;

    private static bool TryScalar<T>(ref T tokens, ColumnIndex table, int ordinal, ColumnValuesBuilder values)
        where T : struct, IXmlTokens, allows ref struct
    {
        var type = tokens.Type;
        var scalar = XmlWalk.ReadScalar(ref tokens);
        switch (table.TypeOf(ordinal))
        {
            case ColumnType.UniqueIdentifier when type is XmlValueType.Guid or XmlValueType.Text
                && scalar.TryGuid(out var id):
                values.Add(ordinal, id);
                return true;
            case ColumnType.Text or ColumnType.Memo when type is XmlValueType.Guid && scalar.TryGuid(out var id):
                _ = Utf8Formatter.TryFormat(id, values.ReserveText(ordinal, GuidLength), out _);
                return true;
            case ColumnType.Boolean when type is XmlValueType.Boolean && scalar.TryBoolean(out var flag):
                values.Add(ordinal, flag);
                return true;
            case ColumnType.DateOnly when type is XmlValueType.Date && scalar.TryDay(out var day):
                values.Add(ordinal, day);
                return true;
            case ColumnType.DateTime when type is XmlValueType.Date && scalar.TryDate(out var instant):
                values.Add(ordinal, table.IsWholeSeconds(ordinal) ? ValueReader.WholeSeconds(instant) : instant);
                return true;
            default:
                return false;
        }
    }

    private static bool TryText(XmlScalar scalar, int ordinal, ColumnValuesBuilder values)
    {
        if (!scalar.TryText(stackalloc byte[XmlScalar.TextBytesMax], out var text) || !JsonText.IsValid(text))
        {
            return false;
        }

        values.AddText(ordinal, text);
        return true;
    }

    private static bool TryNumber(XmlScalar scalar, ColumnType column, int ordinal, ColumnValuesBuilder values) =>
        scalar.TryDigits(stackalloc byte[XmlScalar.TextBytesMax], out var digits)
        && ValueReader.TryNumber(digits, column, ordinal, values);

    /// <summary>Reads the number in the child <c>Value</c> of an option or an amount.</summary>
    private static bool TryMember<T>(ref T tokens, ColumnType column, int ordinal, ColumnValuesBuilder values)
        where T : struct, IXmlTokens, allows ref struct
    {
        var fits = false;
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            if (tokens.LocalName.SequenceEqual("Value"u8))
            {
                fits = TryNumber(XmlWalk.ReadScalar(ref tokens), column, ordinal, values);
            }
            else
            {
                XmlWalk.Skip(ref tokens);
            }
        }

        return fits;
    }

    private static bool TryLookup<T>(ref T tokens, int ordinal, ColumnValuesBuilder values)
        where T : struct, IXmlTokens, allows ref struct
    {
        Span<byte> table = stackalloc byte[byte.MaxValue];
        var tableLength = 0;
        var id = Guid.Empty;
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            if (tokens.LocalName.SequenceEqual("Id"u8))
            {
                id = XmlWalk.ReadScalar(ref tokens).TryGuid(out var value) ? value : Guid.Empty;
            }
            else if (tokens.LocalName.SequenceEqual("LogicalName"u8))
            {
                var isName = XmlWalk.ReadScalar(ref tokens).TryText(tokens.Buffers.Scratch, out var name)
                    && name.Length <= table.Length;
                tableLength = isName ? name.Length : -1;
                _ = isName && name.TryCopyTo(table);
            }
            else
            {
                XmlWalk.Skip(ref tokens);
            }
        }

        if (id == Guid.Empty || tableLength < 0)
        {
            return false;
        }

        values.AddLookup(ordinal, id, table[..tableLength]);
        return true;
    }

    private static bool TryOptions<T>(ref T tokens, int ordinal, ColumnValuesBuilder values)
        where T : struct, IXmlTokens, allows ref struct
    {
        Span<int> options = stackalloc int[MultiSelectReader.OptionsMax];
        var count = 0;
        var fits = true;
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            fits = fits && tokens.LocalName.SequenceEqual("OptionSetValue"u8) && count < options.Length;
            var option = ReadOption(ref tokens);
            fits = fits && option is not null;
            if (fits)
            {
                options[count++] = option.GetValueOrDefault();
            }
        }

        if (fits)
        {
            MultiSelectReader.Add(options[..count], ordinal, values);
        }

        return fits;
    }

    private static int? ReadOption<T>(ref T tokens)
        where T : struct, IXmlTokens, allows ref struct
    {
        int? option = null;
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            if (!tokens.LocalName.SequenceEqual("Value"u8))
            {
                XmlWalk.Skip(ref tokens);
                continue;
            }

            option = XmlWalk.ReadScalar(ref tokens).TryDigits(tokens.Buffers.Scratch, out var digits)
                && Utf8Parser.TryParse(digits, out int value, out var consumed) && consumed == digits.Length
                ? value
                : null;
        }

        return option;
    }
}

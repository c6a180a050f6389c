using System.Buffers.Text;
using System.Text;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>Describes the columns of a record in a body in XML, see <see cref="ColumnInference"/>.</summary>
internal static class XmlColumnInference
{
    /// <summary>Describes the table by the element <c>Attributes</c> whose start the walk stands on.</summary>
    public static ColumnIndex Describe<T>(string name, T tokens)
        where T : struct, IXmlTokens, allows ref struct
    {
        var columns = new Dictionary<string, ColumnType>(StringComparer.Ordinal);
        tokens.Resume();
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            DescribeColumn(ref tokens, columns);
        }

        return ColumnInference.Describe(name, columns);
    }

    private static void DescribeColumn<T>(ref T tokens, Dictionary<string, ColumnType> columns)
        where T : struct, IXmlTokens, allows ref struct
    {
        string? name = null;
        ColumnType? type = null;
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            if (tokens.LocalName.SequenceEqual("key"u8))
            {
                name = Encoding.UTF8.GetString(XmlEnvelopeReader.ReadName(ref tokens, "the key of an attribute"));
            }
            else if (tokens.LocalName.SequenceEqual("value"u8))
            {
                type = TypeOf(ref tokens);
            }
            else
            {
                XmlWalk.Skip(ref tokens);
            }
        }

        if (name is not null && type is not null)
        {
            columns[name] = type.Value;
        }
    }

    /// <summary>The type that JSON would show of the value, or null for one that no column can hold.</summary>
    private static ColumnType? TypeOf<T>(ref T tokens)
        where T : struct, IXmlTokens, allows ref struct
    {
        if (tokens.IsNil)
        {
            XmlWalk.Skip(ref tokens);
            return ColumnType.Text;
        }

        var type = tokens.Type;
        if (type is XmlValueType.Number)
        {
            return IsDecimal(XmlWalk.ReadScalar(ref tokens)) ? ColumnType.Decimal : ColumnType.Double;
        }

        XmlWalk.Skip(ref tokens);
        return type switch
        {
            XmlValueType.Text or XmlValueType.Guid => ColumnType.Text,
            XmlValueType.Date => ColumnType.DateTime,
            XmlValueType.Boolean => ColumnType.Boolean,
            XmlValueType.Option => ColumnType.Choice,
            XmlValueType.Options => ColumnType.MultiSelect,
            XmlValueType.Money => ColumnType.Money,
            XmlValueType.Reference => ColumnType.Lookup,
            _ => null,
        };
    }

    private static bool IsDecimal(XmlScalar number) =>
        number.TryDigits(stackalloc byte[XmlScalar.TextBytesMax], out var digits)
        && Utf8Parser.TryParse(digits, out decimal _, out var consumed)
        && consumed == digits.Length;
}

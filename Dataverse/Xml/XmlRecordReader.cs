using System.Text;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;
using DataExport.Dataverse.Notifications;

namespace DataExport.Dataverse.Xml;

/// <summary>
/// Reads one Entity or EntityReference of a body in XML: which record it is and, of an Entity, its columns.
/// </summary>
internal static class XmlRecordReader
{
    /// <summary>Reads the element whose start the walk stands on, and leaves the walk on its end.</summary>
    public static ReadRecord Read<T>(ref T tokens, Parameters parameters, ParameterRole role)
        where T : struct, IXmlTokens, allows ref struct
    {
        var draft = parameters.Draft;
        draft.Begin();
        var id = Guid.Empty;
        var name = "";
        ColumnIndex? named = null;
        var hasAttributes = false;
        var attributes = tokens;
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            if (tokens.LocalName.SequenceEqual("Attributes"u8))
            {
                hasAttributes = true;
                attributes = tokens;
                ReadAttributes(ref tokens, parameters.Expected, draft);
            }
            else if (tokens.LocalName.SequenceEqual("Id"u8))
            {
                id = XmlEnvelopeReader.ReadGuid(ref tokens, "Id");
            }
            else if (tokens.LocalName.SequenceEqual("LogicalName"u8))
            {
                (name, named) = ReadTable(ref tokens, parameters.Tables);
            }
            else if (tokens.LocalName.SequenceEqual("FormattedValues"u8))
            {
                ReadFormattedValues(ref tokens, draft);
            }
            else
            {
                XmlWalk.Skip(ref tokens);
            }
        }

        if (name.Length > 0 && named is null && parameters.Tables.TakesAnyTable)
        {
            named = hasAttributes
                ? XmlColumnInference.Describe(name, attributes)
                : ColumnInference.Describe(name, []);
        }

        var table = name.Length == 0 ? parameters.Expected : named;
        if (hasAttributes && table != parameters.Expected)
        {
            attributes.Resume();
            ReadAttributes(ref attributes, table, draft);
        }

        return draft.Finish(role, new RecordName(id, name, table), tokens.Position);
    }

    /// <summary>No new string for a table of the catalog.</summary>
    private static (string Name, ColumnIndex? Table) ReadTable<T>(ref T tokens, TableCatalog tables)
        where T : struct, IXmlTokens, allows ref struct
    {
        var name = XmlEnvelopeReader.ReadName(ref tokens, "LogicalName");
        return tables.TryFind(name, out var table)
            ? (table.Table.Name, table)
            : (Encoding.UTF8.GetString(name), null);
    }

    private static void ReadAttributes<T>(ref T tokens, ColumnIndex? table, RecordDraft draft)
        where T : struct, IXmlTokens, allows ref struct
    {
        draft.ForgetAttributes();
        draft.HasAttributes = !tokens.IsNil;
        if (table is null)
        {
            XmlWalk.Skip(ref tokens);
            return;
        }

        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            ReadAttribute(ref tokens, table, draft);
        }
    }

    private static void ReadAttribute<T>(ref T tokens, ColumnIndex table, RecordDraft draft)
        where T : struct, IXmlTokens, allows ref struct
    {
        var column = default(AttributeName);
        var hasEarly = false;
        var early = tokens;
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            if (tokens.LocalName.SequenceEqual("key"u8))
            {
                column = ReadKey(ref tokens, table);
                draft.Take(column);
            }
            else if (!tokens.LocalName.SequenceEqual("value"u8))
            {
                XmlWalk.Skip(ref tokens);
            }
            else if (!column.IsKnown)
            {
                hasEarly = true;
                early = tokens;
                XmlWalk.Skip(ref tokens);
            }
            else
            {
                ReadValue(ref tokens, table, column, draft);
            }
        }

        if (hasEarly && column.IsKnown)
        {
            early.Resume();
            ReadValue(ref early, table, column, draft);
        }
    }

    private static AttributeName ReadKey<T>(ref T tokens, ColumnIndex table)
        where T : struct, IXmlTokens, allows ref struct => AttributeName.Find(
            XmlEnvelopeReader.ReadName(ref tokens, "the key of an attribute"),
            table);

    private static void ReadValue<T>(ref T tokens, ColumnIndex table, in AttributeName column, RecordDraft draft)
        where T : struct, IXmlTokens, allows ref struct
    {
        if (column.IsModifiedOn)
        {
            var again = tokens;
            var isDate = again.Type is XmlValueType.Date;
            draft.TakeModifiedOn(
                XmlWalk.ReadScalar(ref again).TryDate(out var instant) && isDate ? instant : null);
        }

        if (column.Ordinal >= 0)
        {
            draft.Take(XmlValueReader.TryRead(ref tokens, table, column.Ordinal, draft.Values));
        }
        else
        {
            XmlWalk.Skip(ref tokens);
        }
    }

    /// <summary>Looks for wrongly encoded text; formatted values are never data.</summary>
    private static void ReadFormattedValues<T>(ref T tokens, RecordDraft draft)
        where T : struct, IXmlTokens, allows ref struct
    {
        Span<byte> keyScratch = stackalloc byte[JsonText.NameBytesMax];
        var depth = tokens.Depth;
        while (XmlWalk.NextChild(ref tokens, depth))
        {
            var keyLength = 0;
            var itemDepth = tokens.Depth;
            while (XmlWalk.NextChild(ref tokens, itemDepth))
            {
                var isKey = tokens.LocalName.SequenceEqual("key"u8);
                if (!XmlWalk.ReadScalar(ref tokens).TryText(tokens.Buffers.Scratch, out var text))
                {
                    continue;
                }

                if (isKey)
                {
                    keyLength = Math.Min(text.Length, keyScratch.Length);
                    text[..keyLength].CopyTo(keyScratch);
                }
                else if (Mojibake.IsIn(text))
                {
                    draft.TakeMojibake(Encoding.UTF8.GetString(keyScratch[..keyLength]));
                }
            }
        }
    }
}

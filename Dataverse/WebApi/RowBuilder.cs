using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;
using DataExport.Dataverse.Notifications;
using DataExport.Grains.Ports;
using DataExport.Grains.Selection;

namespace DataExport.Dataverse.WebApi;

/// <summary>Gathers the members of one row, in the order they come, and makes the row of them.</summary>
internal sealed class RowBuilder
{
    private readonly RowShape _shape;
    private readonly bool _idsOnly;
    private readonly ColumnValuesBuilder _values = new();
    private readonly bool[] _isRead;
    private readonly int[] _seenInRow;
    private readonly Guid[] _lookupIds;
    private readonly byte[]?[] _lookupTables;
    private readonly List<byte[]> _tableNames = [];
    private int _row;
    private Guid _id;
    private Guid _deletedId;
    private bool _isDeletion;
    private long _etag;

    public RowBuilder(RowShape shape, bool idsOnly)
    {
        _shape = shape;
        _idsOnly = idsOnly;
        _isRead = shape.ReadColumns(idsOnly);
        var columns = shape.Columns.Table.Columns.Length;
        _seenInRow = new int[columns];
        _lookupIds = new Guid[columns];
        _lookupTables = new byte[columns][];
    }

    private RowSelection? Selection => _shape.Columns.Selection;

    private string TableName => _shape.Columns.Table.Name;

    /// <summary>Forgets the row before.</summary>
    public void Begin()
    {
        _row++;
        _values.Clear();
        _id = _deletedId = Guid.Empty;
        _isDeletion = false;
        _etag = 0;
    }

    /// <summary>Takes the value that the reader stands on.</summary>
    public void Take(ref Utf8JsonReader reader, RowMember member)
    {
        switch (member.Kind)
        {
            case RowMemberKind.Column:
                TakeColumn(ref reader, member.Ordinal);
                break;
            case RowMemberKind.LookupTable when reader.TokenType is JsonTokenType.String:
                _lookupTables[member.Ordinal] = NameOf(reader.Plain(stackalloc byte[JsonText.NameBytesMax]));
                break;
            case RowMemberKind.Etag:
                _etag = ReadEtag(ref reader);
                break;
            case RowMemberKind.Context when reader.TokenType is JsonTokenType.String:
                _isDeletion |= reader.ValueSpan.EndsWith("$deletedEntity"u8);
                break;
            case RowMemberKind.DeletedId:
                _ = reader.TryGuid(out _deletedId);
                break;
            case RowMemberKind.DeletionReason:
                _isDeletion |= reader.Is("deleted"u8) && _deletedId != Guid.Empty;
                break;
        }
    }

    /// <summary>Adds the row, or the deletion, to a page.</summary>
    public void End(PageBuilder page)
    {
        if (_isDeletion)
        {
            page.Deletions.Add(_deletedId != Guid.Empty ? _deletedId : throw Unreadable("id"));
            return;
        }

        if (_id == Guid.Empty)
        {
            throw Unreadable(_shape.Columns.Table.PrimaryIdColumn);
        }

        var version = new VersionNumber(_etag);
        if (_idsOnly && Selection?.Filter is null)
        {
            page.Add(new SourceRow(_id, version, null));
            return;
        }

        AddMissing();
        if (Selection?.Filter?.Evaluate(FilterRow.Whole(_values)) is FilterOutcome.Outside)
        {
            page.Outside.Add(new OutsideRow(_id, version));
            return;
        }

        Selection?.Masks?.Apply(_values);
        page.Add(new SourceRow(_id, version, _idsOnly ? null : _values.Build(_shape.Columns.Layout)));
    }

    /// <summary>Adds lookups, whose parts are there now, and nulls for what did not come.</summary>
    private void AddMissing()
    {
        for (var ordinal = 0; ordinal < _seenInRow.Length; ordinal++)
        {
            if (!_isRead[ordinal])
            {
                continue;
            }

            if (_seenInRow[ordinal] != _row)
            {
                _values.AddNull(ordinal);
            }
            else if (_lookupIds[ordinal] != Guid.Empty)
            {
                _values.AddLookup(
                    ordinal, _lookupIds[ordinal], _lookupTables[ordinal] ?? _shape.DefaultTargets[ordinal]);
            }

            (_lookupIds[ordinal], _lookupTables[ordinal]) = (Guid.Empty, null);
        }
    }

    private void TakeColumn(ref Utf8JsonReader reader, int ordinal)
    {
        _seenInRow[ordinal] = _row;
        if (ordinal == _shape.Columns.PrimaryIdOrdinal)
        {
            _ = reader.TryGuid(out _id);
        }

        if (!_isRead[ordinal] || _isDeletion)
        {
            return;
        }

        if (reader.TokenType is JsonTokenType.Null)
        {
            _values.AddNull(ordinal);
        }
        else if (!TryValue(ref reader, ordinal))
        {
            throw Unreadable(_shape.Columns.Table.Columns[ordinal].Name);
        }
    }

    private bool TryValue(ref Utf8JsonReader reader, int ordinal)
    {
        switch (_shape.Columns.TypeOf(ordinal))
        {
            case ColumnType.Lookup:
                // Added at the row's end: the table it points to may come before or after the id.
                return reader.TryGuid(out _lookupIds[ordinal]);
            case ColumnType.MultiSelect:
                return reader.TokenType is JsonTokenType.String && !reader.ValueIsEscaped
                    && MultiSelectReader.TryParse(reader.ValueSpan, ordinal, _values);
            case var type when reader.TokenType is JsonTokenType.Number:
                return ValueReader.TryNumber(reader.ValueSpan, type, ordinal, _values)
                    && TakeVersion(ref reader, ordinal);
            case var type when reader.TokenType is JsonTokenType.True or JsonTokenType.False:
                return ValueReader.TryScalar(ref reader, type, ordinal, _values);
            default:
                return reader.TokenType is JsonTokenType.String
                    && ValueReader.TryString(ref reader, _shape.Columns, ordinal, _values);
        }
    }

    private bool TakeVersion(ref Utf8JsonReader reader, int ordinal)
    {
        if (ordinal == _shape.Columns.VersionOrdinal)
        {
            // An elastic table's etag is no number, so the column decides where it is there.
            _ = reader.TryGetInt64(out _etag);
        }

        return true;
    }

    private static long ReadEtag(ref Utf8JsonReader reader)
    {
        // W/"915244", its quotes escaped.
        var text = reader.TokenType is JsonTokenType.String ? reader.ValueSpan : default;
        var first = text.IndexOfAnyInRange((byte)'0', (byte)'9');
        if (first < 0)
        {
            return 0;
        }

        var isNumber = System.Buffers.Text.Utf8Parser.TryParse(text[first..], out long version, out var digits)
            && text[(first + digits)..].TrimStart((byte)'\\').SequenceEqual("\""u8);
        return isNumber ? version : 0;
    }

    /// <summary>The name of a table, one array for all rows that name it.</summary>
    private byte[] NameOf(ReadOnlySpan<byte> utf8)
    {
        foreach (var name in _tableNames)
        {
            if (utf8.SequenceEqual(name))
            {
                return name;
            }
        }

        var added = utf8[..Math.Min(utf8.Length, byte.MaxValue)].ToArray();
        if (_tableNames.Count < 64)
        {
            _tableNames.Add(added);
        }

        return added;
    }

    private SourceException Unreadable(string column) => new(
        SourceFault.Unreadable,
        $"A row of table '{TableName}' has a value in '{column}' that cannot be read as what the metadata says.");
}

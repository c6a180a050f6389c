using System.Text;
using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.WebApi;

/// <summary>
/// How a table's rows look in the Web API: which columns to ask for, and what each member of a row's object is.
/// </summary>
internal sealed class RowShape
{
    private const int TableOfLookup = 0x10000;
    private readonly Utf8Index _members;
    private readonly bool[] _isRead;
    private readonly bool[] _isReadWithIds;

    public RowShape(TableDefinition table, string? maskKey = null)
    {
        Columns = new ColumnIndex(table, maskKey);
        _members = new Utf8Index([.. Members(Columns)]);
        SelectAll = string.Join(',', table.Columns.Where(IsRead).Select(NameOf));
        _isRead = [.. table.Columns.Select(IsRead)];
        _isReadWithIds = new bool[table.Columns.Length];
        foreach (var ordinal in Columns.Selection?.Filter?.Ordinals ?? [])
        {
            _isReadWithIds[ordinal] = true;
        }

        if (table.IsElastic && Columns.VersionOrdinal >= 0)
        {
            // The etag that every row brings unasked is no version there.
            _isReadWithIds[Columns.VersionOrdinal] = true;
        }

        SelectIds = string.Join(',', table.Columns
            .Where((column, ordinal) => _isReadWithIds[ordinal] && column.Name != table.PrimaryIdColumn)
            .Select(NameOf)
            .Prepend(table.PrimaryIdColumn));
        DefaultTargets = [.. table.Columns.Select(
            column => column.Targets.Length == 1 ? Encoding.UTF8.GetBytes(column.Targets[0]) : [])];
    }

    /// <summary>The table and its columns.</summary>
    public ColumnIndex Columns { get; }

    /// <summary>The names for <c>$select</c>, party lists and files left out.</summary>
    public string SelectAll { get; }

    /// <summary>
    /// The names for <c>$select</c> of a walk over ids: those of the filter come along, and an elastic table's version.
    /// </summary>
    public string SelectIds { get; }

    /// <summary>
    /// The table that a lookup points to when the answer does not tell; empty when there are several.
    /// </summary>
    public byte[][] DefaultTargets { get; }

    /// <summary>More members than a row of the table has, annotations and deletions included.</summary>
    public int MembersMax => (Columns.Table.Columns.Length * 3) + 8;

    /// <summary>For each column whether it comes with a row, or with an id.</summary>
    public bool[] ReadColumns(bool idsOnly) => idsOnly ? _isReadWithIds : _isRead;

    /// <summary>What the member of that name is.</summary>
    public RowMember Find(ReadOnlySpan<byte> name)
    {
        var found = _members.Find(name);
        return found switch
        {
            < 0 when name.SequenceEqual("@odata.etag"u8) => new RowMember(RowMemberKind.Etag),
            < 0 when name.SequenceEqual("@odata.context"u8) => new RowMember(RowMemberKind.Context),
            < 0 when name.SequenceEqual("id"u8) => new RowMember(RowMemberKind.DeletedId),
            < 0 when name.SequenceEqual("reason"u8) => new RowMember(RowMemberKind.DeletionReason),
            < 0 => default,
            >= TableOfLookup => new RowMember(RowMemberKind.LookupTable, found - TableOfLookup),
            _ => new RowMember(RowMemberKind.Column, found),
        };
    }

    private static bool IsRead(ColumnDefinition column) =>
        column.Type is not ColumnType.PartyList && !column.HoldsFile;

    private static string NameOf(ColumnDefinition column) =>
        column.Type is ColumnType.Lookup ? $"_{column.Name}_value" : column.Name;

    private static IEnumerable<KeyValuePair<string, int>> Members(ColumnIndex columns)
    {
        for (var ordinal = 0; ordinal < columns.Table.Columns.Length; ordinal++)
        {
            var column = columns.Table.Columns[ordinal];
            if (IsRead(column))
            {
                yield return KeyValuePair.Create(NameOf(column), ordinal);
            }

            if (column.Type is ColumnType.Lookup)
            {
                yield return KeyValuePair.Create(
                    $"{NameOf(column)}@Microsoft.Dynamics.CRM.lookuplogicalname", TableOfLookup + ordinal);
            }
        }
    }
}

/// <summary>What a member of a row's object is.</summary>
internal enum RowMemberKind
{
    Unknown,
    Column,
    LookupTable,
    Etag,
    Context,
    DeletedId,
    DeletionReason,
}

/// <summary>A member of a row's object, and its column if it has one.</summary>
internal readonly record struct RowMember(RowMemberKind Kind, int Ordinal = -1);

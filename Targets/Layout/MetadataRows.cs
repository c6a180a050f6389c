using System.Text;

namespace DataExport.Targets.Layout;

/// <summary>What one metadata table is to say of a table or of a global option set. Replaces what it said.</summary>
/// <param name="Table">The metadata table.</param>
/// <param name="ScopeColumn">The column that tells which of its rows are replaced.</param>
/// <param name="Scope">The value of that column.</param>
/// <param name="Rows">The rows: values in the order of <see cref="Columns"/>, each key once.</param>
internal sealed record MetadataRows(SystemTable Table, string ScopeColumn, string Scope, IReadOnlyList<object?[]> Rows)
{
    /// <summary>The letters of a name that the metadata tables have room for.</summary>
    internal const int NameLettersMax = 64;

    private const string EntityName = "EntityName";
    private const string OptionSetName = "OptionSetName";

    /// <summary>The columns that are written: all but those that number themselves.</summary>
    public IReadOnlyList<SystemColumn> Columns { get; } = ColumnsOf(Table);

    /// <summary>Everything that the metadata tables say of a table. Pure.</summary>
    /// <param name="table">The table.</param>
    /// <param name="names">The names in the target.</param>
    /// <param name="now">The target's clock.</param>
    internal static IEnumerable<MetadataRows> Of(TableDefinition table, TargetNames names, DateTime now)
    {
        var entity = table.Name;
        var options = table.Columns.SelectMany(OptionRow.Of).ToList();
        var byTable = SystemTables.Of(names).ToDictionary(static each => each.Name);
        yield return Create(byTable[names.AttributeMetadata], EntityName, entity, AttributesOf(table, now));
        yield return Create(byTable[names.TargetMetadata], EntityName, entity, TargetsOf(table));
        yield return Create(
            byTable[names.StateMetadata], EntityName, entity,
            Of(options, OptionKind.State, option => [entity, option.Value, .. option.Label]));
        yield return Create(
            byTable[names.StatusMetadata], EntityName, entity,
            Of(options, OptionKind.Status, option => [entity, option.State, option.Value, .. option.Label]));
        yield return Create(
            byTable[names.OptionsetMetadata], EntityName, entity,
            Of(options, OptionKind.Own, option => [entity, option.Set, option.Value, .. option.Label]));
        foreach (var set in options.Where(static option => option.Kind is OptionKind.Global)
            .GroupBy(static option => option.Set, StringComparer.Ordinal))
        {
            yield return Create(
                byTable[names.GlobalOptionsetMetadata], OptionSetName, set.Key,
                set.Select(static option => (object?[])[option.Set, option.Value, .. option.Label]));
        }
    }

    private static IEnumerable<object?[]> Of(
        List<OptionRow> options, OptionKind kind, Func<OptionRow, object?[]> row) =>
        options.Where(option => option.Kind == kind).Select(row);

    private static IEnumerable<object?[]> AttributesOf(TableDefinition table, DateTime now) =>
        table.Columns.Select(column => (object?[])
        [
            table.Name, column.Name, AttributeTypes.NameOf(column), AttributeTypes.CodeOf(column), 0L, now,
            column.MetadataId.ToString("D"), column.Precision,
        ]);

    private static IEnumerable<object?[]> TargetsOf(TableDefinition table) => table.Columns.SelectMany(
        column => column.Targets.Select(target => (object?[])[table.Name, column.Name, target, null]));

    /// <summary>Each key once: what the source says last stands.</summary>
    private static MetadataRows Create(
        SystemTable table, string scopeColumn, string scope, IEnumerable<object?[]> rows)
    {
        var columns = ColumnsOf(table);
        var keys = columns.Select((column, place) => (column, place))
            .Where(each => table.Key.Contains(each.column.Name)).Select(static each => each.place).ToArray();
        var fitting = rows.Select(row => row.Select((value, place) => Fitting(value, columns[place])).ToArray());
        var kept = keys.Length == 0
            ? [.. fitting]
            : fitting.GroupBy(row => string.Join('\0', keys.Select(place => row[place])))
                .Select(static same => same.Last()).ToList();
        return new MetadataRows(table, scopeColumn, scope, kept);
    }

    /// <summary>
    /// A text as its column can hold it: a label that is longer than DES had room for must not stop a whole profile.
    /// </summary>
    private static object? Fitting(object? value, SystemColumn column) =>
        value is string text && column.Type is SystemType.Text ? Fitting(text, column.Length) : value;

    /// <summary>A text as a column of a metadata table with so many letters holds it.</summary>
    internal static string Fitting(string text, int letters)
    {
        var room = text.Length <= letters ? text.Length
            : char.IsHighSurrogate(text[letters - 1]) ? letters - 1 : letters;
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text[..room]));
        return whole.Replace('\0', '\uFFFD');
    }

    private static SystemColumn[] ColumnsOf(SystemTable table) =>
        [.. table.Columns.Where(static column => column.Type is not SystemType.Number)];
}

/// <summary>Which metadata table an option belongs to.</summary>
internal enum OptionKind
{
    /// <summary>The states of a table.</summary>
    State,

    /// <summary>The status reasons of a table.</summary>
    Status,

    /// <summary>The options of one column.</summary>
    Own,

    /// <summary>The options of a set that several columns share.</summary>
    Global,
}

/// <summary>One label of one option.</summary>
/// <param name="Kind">Which metadata table it belongs to.</param>
/// <param name="Set">
/// Its set: of one column the column's name, as reports join it; of a shared one the set's own.
/// </param>
/// <param name="Value">Its number.</param>
/// <param name="State">The state that a status reason belongs to.</param>
/// <param name="Label">Whether the label is in the caller's language, the language, and the label.</param>
internal sealed record OptionRow(OptionKind Kind, string Set, int Value, int State, object?[] Label)
{
    internal static IEnumerable<OptionRow> Of(ColumnDefinition column)
    {
        var (kind, set) = (KindOf(column), SetOf(column));

        // The source gives the label in the caller's language first: that is the one reports ask for.
        var labelled = new HashSet<int>();
        return column.Options.Select(option => new OptionRow(
            kind, set, option.Value, option.State ?? 0,
            [labelled.Add(option.Value), option.LanguageCode, option.Label])).ToList();
    }

    /// <summary>Which metadata table the options of a column belong to.</summary>
    internal static OptionKind KindOf(ColumnDefinition column) => column.Type switch
    {
        ColumnType.State => OptionKind.State,
        ColumnType.Status => OptionKind.Status,
        _ when column.IsGlobalOptionSet && column.OptionSetName is not null => OptionKind.Global,
        _ => OptionKind.Own,
    };

    /// <summary>The set of a column's options.</summary>
    internal static string SetOf(ColumnDefinition column) =>
        column.IsGlobalOptionSet ? column.OptionSetName ?? column.Name : column.Name;
}

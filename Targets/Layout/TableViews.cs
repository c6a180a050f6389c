using DataExport.Grains.Ports;

namespace DataExport.Targets.Layout;

/// <summary>
/// The views of one table: the whole table with labels and zones, and each multi-select column with a row a number.
/// Nothing here fails: what cannot be made is left out, and a warning says so. Pure.
/// </summary>
internal sealed class TableViews
{
    private const string WholeSuffix = "view";
    private const string LabelSuffix = "_label";
    private const string ZonedSuffix = "_utc";

    private readonly SchemaPlan _plan;
    private readonly TargetNames _names;
    private readonly HashSet<string> _taken;
    private readonly List<ReportView> _views = [];
    private readonly List<string> _warnings = [];

    private TableViews(SchemaPlan plan, TargetNames names, HashSet<string> taken) =>
        (_plan, _names, _taken) = (plan, names, taken);

    /// <summary>The views, as they are to be.</summary>
    public IReadOnlyList<ReportView> Views => _views;

    private TargetTable Table => _plan.Table;

    private TargetDialect Dialect => _names.Dialect;

    /// <summary>Lays out the views of all tables.</summary>
    public static IReadOnlyList<TableViews> Of(IReadOnlyList<SchemaPlan> plans, TargetNames names)
    {
        var taken = plans.Select(static plan => plan.Table.Name.Name).ToHashSet(names.Dialect.NameComparer);
        var all = plans.Select(plan => new TableViews(plan, names, taken)).ToList();

        // A table's view has the name rather than a column's, or a column that is added would take it away.
        all.ForEach(static each => each.AddWhole());
        all.ForEach(static each => each.AddMultiSelects());
        return all;
    }

    /// <summary>The names that views of ours may have which show a column of a table, whoever made them.</summary>
    public static IEnumerable<TableName> NamesOver(TargetTable table, TargetColumn column, TargetNames names) =>
        new[] { WholeSuffix, column.Name.Name }
            .Select(suffix => NameOrNull(table, suffix, names)).OfType<TableName>();

    /// <summary>The table's plan with what is to be done for its views.</summary>
    /// <param name="kept">What the engine keeps of those objects that have the name of a view.</param>
    public SchemaPlan Plan(IReadOnlyDictionary<string, string> kept) => _plan with
    {
        Changes =
        [
            .. _plan.Changes,
            .. _views.Where(view => view.IsNeeded(kept))
                .Select(static view => new SchemaChange(SchemaChangeKind.ViewMade) { View = view }),
        ],
        Warnings =
        [
            .. _plan.Warnings,
            .. _warnings,
            .. _views.Where(view => view.IsForeign(kept)).Select(static view =>
                $"View {view.Name} is not made: an object that is not ours has the name. Rename or drop it."),
        ],
    };

    private void AddWhole()
    {
        if (NameOf(WholeSuffix) is { } name)
        {
            _views.Add(new ReportView(name, ColumnsOf(name), $"FROM {Table.Name} AS t"));
        }
    }

    private void AddMultiSelects()
    {
        foreach (var column in Table.Columns.Where(IsMultiSelect))
        {
            if (NameOf(column.Name.Name) is { } name)
            {
                _views.Add(NumbersOf(name, column));
            }
        }
    }

    private bool IsMultiSelect(TargetColumn column) =>
        column.Ordinal >= 0 && Table.Definition.Columns[column.Ordinal].Type is ColumnType.MultiSelect;

    private ReportView NumbersOf(TableName name, TargetColumn column)
    {
        var parts = Dialect.PartsOf(Shown(column.Name));
        return new ReportView(
            name,
            [
                new ViewColumn(Dialect.Name(TargetTable.Id), Shown(Dialect.Name(TargetTable.Id))),
                new ViewColumn(Dialect.Name("Value"), parts.Value),
                new ViewColumn(Dialect.Name("Label"), LabelOf(column, parts.Value)),
            ],
            $"FROM {Table.Name} AS t\n{parts.Join}\nWHERE {parts.Value} IS NOT NULL");
    }

    private List<ViewColumn> ColumnsOf(TableName view)
    {
        var own = Table.Columns.Select(static column => column.Name).Concat(_plan.Unwritten).ToList();
        var taken = own.Select(static name => name.Name).ToHashSet(Dialect.NameComparer);
        var room = Dialect.ViewColumnsMax - own.Count;
        var columns = new List<ViewColumn>();
        foreach (var column in Table.Columns)
        {
            columns.Add(new ViewColumn(column.Name, Shown(column.Name)));
            if (BesideOf(column) is var (suffix, expression)
                && NameBeside(view, column.Name.Name + suffix, taken, room) is { } name)
            {
                columns.Add(new ViewColumn(name, expression));
                room--;
            }
        }

        columns.AddRange(_plan.Unwritten.Select(static name => new ViewColumn(name, Shown(name))));
        return columns;
    }

    /// <summary>What stands beside a column: its label, or the same time with its zone.</summary>
    private (string Suffix, string Expression)? BesideOf(TargetColumn column) =>
        column.Ordinal < 0 || column.IsEntityType ? null : Table.Definition.Columns[column.Ordinal] switch
        {
            { Type: ColumnType.Choice or ColumnType.State or ColumnType.Status, Options.IsEmpty: false } =>
                (LabelSuffix, LabelOf(column, Shown(column.Name))),
            { Type: ColumnType.Boolean, Options.IsEmpty: false } =>
                (LabelSuffix, LabelOf(column, $"CAST({Shown(column.Name)} AS int)")),
            { Type: ColumnType.DateTime, IsTimeZoneIndependent: false } =>
                (ZonedSuffix, Dialect.ZonedOf(Shown(column.Name))),
            _ => null,
        };

    private SqlIdentifier? NameBeside(TableName view, string wanted, HashSet<string> taken, int room)
    {
        var fault = "the database takes no more columns.";
        try
        {
            var name = Dialect.ColumnName(wanted);
            if (room > 0 && taken.Add(name.Name))
            {
                return name;
            }

            fault = room > 0 ? "another column has the name." : fault;
        }
        catch (TargetRefusedException refusal)
        {
            fault = refusal.Message;
        }

        _warnings.Add($"View {view} has no column '{wanted}': {fault}");
        return null;
    }

    /*
    The label of an option.

    Demands:
    1. Never more than one value, or a row would be shown twice: MIN, whatever the metadata table holds.
    2. The label that the source names first. Of a status reason that is one a number, whatever its state.
    */
    private string LabelOf(TargetColumn column, string number)
    {
        var source = Table.Definition.Columns[column.Ordinal];
        var (table, option, scope) = OptionRow.KindOf(source) switch
        {
            OptionKind.State => (_names.StateMetadata, "State", Of("EntityName", Table.Definition.Name)),
            OptionKind.Status => (_names.StatusMetadata, "Status", Of("EntityName", Table.Definition.Name)),
            OptionKind.Global =>
                (_names.GlobalOptionsetMetadata, "Option", Of("OptionSetName", OptionRow.SetOf(source))),
            _ => (
                _names.OptionsetMetadata, "Option",
                $"{Of("EntityName", Table.Definition.Name)} AND {Of("OptionSetName", OptionRow.SetOf(source))}"),
        };
        return $"(SELECT MIN({Of("LocalizedLabel")}) FROM {table} AS m\n"
            + $"        WHERE {scope} AND {Of(option)} = {number} AND {Dialect.IsYes(Of("IsUserLocalizedLabel"))})";
    }

    private string Of(string column) => $"m.{Dialect.Name(column)}";

    private string Of(string column, string value) =>
        $"{Of(column)} = {Dialect.Literal(MetadataRows.Fitting(value, MetadataRows.NameLettersMax))}";

    private static string Shown(SqlIdentifier column) => $"t.{column}";

    private TableName? NameOf(string suffix)
    {
        if (NameOrNull(Table, suffix, _names) is not { } name)
        {
            _warnings.Add($"Table {Table.Name} has no view of its own for '{suffix}': its name would be too long.");
            return null;
        }

        if (!_names.IsTaken(name) && _taken.Add(name.Name))
        {
            return name;
        }

        _warnings.Add($"View {name} is not made: a table or another view has the name.");
        return null;
    }

    private static TableName? NameOrNull(TargetTable table, string suffix, TargetNames names)
    {
        try
        {
            return names.TableOf($"{table.Definition.Name}_{suffix}");
        }
        catch (TargetRefusedException)
        {
            return null;
        }
    }
}

using System.Collections.Immutable;
using System.Text;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Layout;

/// <summary>A table of the target as DES lays it out: which columns, in which order, of which declared type.</summary>
internal sealed class TargetTable
{
    internal const string Id = "Id";
    internal const string SinkCreatedOn = "SinkCreatedOn";
    internal const string SinkModifiedOn = "SinkModifiedOn";
    internal const string VersionNumberColumn = "versionnumber";
    internal const string ModifiedOnColumn = "modifiedon";

    private const string EntityTypeSuffix = "_entitytype";
    private const int EntityTypeLength = 128;

    /// <summary>Letters of a table's name that DES's metadata tables and delete log have room for.</summary>
    private const int TableLettersMax = 64;

    private readonly TargetColumn[] _byOrdinal;
    private readonly TargetColumn?[] _entityTypes;
    private readonly byte[][] _soleTargets;

    private TargetTable(
        TableDefinition definition, TableName name, TargetDialect dialect, ImmutableArray<TargetColumn> columns)
    {
        Dialect = dialect;
        (Definition, Name, Columns, SetColumns) = (definition, name, columns, definition.SetColumns);
        (Layout, ModifiedOnOrdinal) = (definition.Layout, definition.OrdinalOf(ModifiedOnColumn));
        LockKey = NameHash.Of($"DataExport table {name}");
        VersionOrdinal = definition.OrdinalOf(VersionNumberColumn);
        PrimaryIdOrdinal = definition.OrdinalOf(definition.PrimaryIdColumn);
        _byOrdinal = new TargetColumn[definition.Columns.Length];
        _entityTypes = new TargetColumn?[definition.Columns.Length];
        foreach (var column in columns.Where(static column => column.Ordinal >= 0))
        {
            (column.IsEntityType ? _entityTypes : _byOrdinal)[column.Ordinal] = column;
        }

        _soleTargets = [.. definition.Columns.Select(
            column => column.Targets is [var target] ? Encoding.UTF8.GetBytes(target) : [])];
    }

    /// <summary>The table of the source.</summary>
    public TableDefinition Definition { get; }

    /// <summary>Its name in the target.</summary>
    public TableName Name { get; }

    /// <summary>How its engine names, types and rounds.</summary>
    public TargetDialect Dialect { get; }

    /// <summary>All columns: <c>Id</c>, the two <c>Sink</c> columns, then those of the source in DES's order.</summary>
    public ImmutableArray<TargetColumn> Columns { get; }

    /// <summary>The columns by whose value rows are read as a set.</summary>
    public ImmutableArray<string> SetColumns { get; }

    /// <summary>Whether some of the source's rows only are exported.</summary>
    public bool IsFiltered => Definition.Filter is not null;

    /// <summary>The layout of the values that can be written.</summary>
    public long Layout { get; }

    /// <summary>The number by which engines that lock by numbers lock the table.</summary>
    public long LockKey { get; }

    /// <summary>The source's column that tells when a record was last modified; -1 if it has none.</summary>
    public int ModifiedOnOrdinal { get; }

    /// <summary>The source's column that holds the version number; -1 if it lists none.</summary>
    public int VersionOrdinal { get; }

    /// <summary>The source's column that holds the record's own id; -1 if it lists none.</summary>
    public int PrimaryIdOrdinal { get; }

    /// <summary>This table with these columns: as it is in the target.</summary>
    public TargetTable With(ImmutableArray<TargetColumn> columns) => new(Definition, Name, Dialect, columns);

    /// <summary>The last columns of the source that do not fit where a table can have only so many.</summary>
    public IReadOnlyList<TargetColumn> LeftOutBeyond(int columnsMax) =>
        [.. Columns.Skip(columnsMax).Where(static column => !IsFence(column)), .. Columns.Take(columnsMax)
            .Reverse().Where(static column => !IsFence(column))
            .Take(Columns.Skip(columnsMax).Count(static column => IsFence(column)))];

    /// <summary>This table without some columns.</summary>
    public TargetTable Without(IReadOnlyList<TargetColumn> columns) => With([.. Columns.Except(columns)]);

    /// <summary>Whether a column of the source has its place here.</summary>
    public bool HasColumn(int ordinal) => _byOrdinal[ordinal] is not null;

    /// <summary>The column that a column of the source fills.</summary>
    public TargetColumn ColumnOf(int ordinal) => _byOrdinal[ordinal];

    /// <summary>Whether the fence lives on a column.</summary>
    internal static bool IsFence(TargetColumn column) => column.Ordinal < 0
        || column.Name.Name is VersionNumberColumn or ModifiedOnColumn;

    /// <summary>Whether reports look rows up by a column: a lookup, or when the row was written.</summary>
    internal bool IsSearched(TargetColumn column) => column.Ordinal < 0
        ? column.Name == Dialect.Name(SinkModifiedOn)
        : !column.IsEntityType && Definition.Columns[column.Ordinal].Type is ColumnType.Lookup;

    /// <summary>The column that holds which table a lookup points to; nothing for all but lookups.</summary>
    public TargetColumn? EntityTypeColumnOf(int ordinal) => _entityTypes[ordinal];

    /// <summary>The only table that a lookup can point to, in UTF-8; empty if there are several.</summary>
    public ReadOnlySpan<byte> SoleTargetOf(int ordinal) => _soleTargets[ordinal];

    /// <summary>Whether the table holds when a record was last modified.</summary>
    public bool HasModifiedOn => ModifiedOnOrdinal >= 0;

    /// <summary>Lays out the tables of a profile, by their names at the source.</summary>
    /// <exception cref="TargetRefusedException">A name cannot be used, or two things would have the same.</exception>
    public static Dictionary<string, TargetTable> Of(IReadOnlyList<TableDefinition> definitions, TargetNames names)
    {
        var tables = new Dictionary<string, TargetTable>();
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var definition in definitions)
        {
            var table = Of(definition, names);
            if (!seen.TryAdd(table.Name.Name, definition.Name))
            {
                throw new TargetRefusedException(
                    $"The tables '{seen[table.Name.Name]}' and '{definition.Name}' would both be called {table.Name} "
                    + "in the target.");
            }

            tables.Add(definition.Name, table);
        }

        return tables;
    }

    /// <exception cref="TargetRefusedException">A name cannot be used, or two columns would have the same.</exception>
    public static TargetTable Of(TableDefinition definition, TargetNames names)
    {
        var name = names.TableOf(definition.Name);
        if (names.IsTaken(name))
        {
            throw new TargetRefusedException(
                $"Table '{definition.Name}' would be called {name}, which is a table of the export itself.");
        }

        if (definition.Name.Length > TableLettersMax)
        {
            throw new TargetRefusedException(
                $"The name of table '{definition.Name}' has more than {TableLettersMax} letters.");
        }

        var columns = ColumnsOf(definition, names.Dialect);
        DemandNamesOfTheirOwn(definition, columns);
        return new TargetTable(definition, name, names.Dialect, columns);
    }

    private static void DemandNamesOfTheirOwn(TableDefinition definition, ImmutableArray<TargetColumn> columns)
    {
        var seen = new Dictionary<string, TargetColumn>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in columns)
        {
            if (!seen.TryAdd(column.Name.Name, column))
            {
                throw new TargetRefusedException(
                    $"Table '{definition.Name}': {Origin(definition, seen[column.Name.Name])} and "
                    + $"{Origin(definition, column)} would both be called {column.Name} in the target.");
            }
        }
    }

    private static string Origin(TableDefinition definition, TargetColumn column) => column switch
    {
        { Ordinal: < 0 } => "a column of the export itself",
        { IsEntityType: true } => $"the table of lookup '{definition.Columns[column.Ordinal].Name}'",
        _ => $"column '{definition.Columns[column.Ordinal].Name}'",
    };

    private static SqlIdentifier ColumnName(TableDefinition definition, TargetDialect dialect, string name)
    {
        try
        {
            return dialect.ColumnName(name);
        }
        catch (TargetRefusedException refusal)
        {
            throw new TargetRefusedException($"Table '{definition.Name}': {refusal.Message}");
        }
    }

    private static ImmutableArray<TargetColumn> ColumnsOf(TableDefinition definition, TargetDialect dialect)
    {
        var columns = ImmutableArray.CreateBuilder<TargetColumn>();
        columns.Add(new TargetColumn(
            dialect.Name(Id), dialect.TypeOf(new ColumnDefinition { Name = Id, Type = ColumnType.UniqueIdentifier })));
        columns.Add(Own(dialect, SinkCreatedOn, SystemType.Instant, CellType.Instant));
        columns.Add(Own(dialect, SinkModifiedOn, SystemType.Instant, CellType.Instant));
        foreach (var ordinal in Enumerable.Range(0, definition.Columns.Length)
            .OrderBy(ordinal => PlaceOf(definition.Columns[ordinal].Type)))
        {
            AddSource(columns, dialect, definition, ordinal);
        }

        if (definition.OrdinalOf(VersionNumberColumn) < 0)
        {
            // The fence lives on it, so a table whose source does not list it has it all the same.
            columns.Add(Own(dialect, VersionNumberColumn, SystemType.BigInt, CellType.BigInt));
        }

        return columns.ToImmutable();
    }

    private static void AddSource(
        ImmutableArray<TargetColumn>.Builder columns, TargetDialect dialect, TableDefinition definition, int ordinal)
    {
        var source = definition.Columns[ordinal];
        columns.Add(new TargetColumn(ColumnName(definition, dialect, source.Name), dialect.TypeOf(source), ordinal)
        {
            Cell = TargetColumn.CellOf(source.Type),
            TextLengthMax = dialect.TextLengthOf(source),
            Scale = dialect.ScaleOf(source),
        });
        if (source.Type is ColumnType.Lookup)
        {
            var type = dialect.TypeOf(SystemType.Text, EntityTypeLength);
            columns.Add(new TargetColumn(
                ColumnName(definition, dialect, source.Name + EntityTypeSuffix), type, ordinal, IsEntityType: true)
            {
                Cell = CellType.Text,
                TextLengthMax = EntityTypeLength,
            });
        }
    }

    private static TargetColumn Own(TargetDialect dialect, string name, SystemType type, CellType cell) =>
        new(dialect.Name(name), dialect.TypeOf(type)) { Cell = cell };

    /// <summary>DES's order of columns. Within a place the source's order stays.</summary>
    private static int PlaceOf(ColumnType type) => type switch
    {
        ColumnType.State => 0,
        ColumnType.Status => 1,
        ColumnType.Choice => 2,
        ColumnType.Boolean => 3,
        ColumnType.Lookup => 4,
        ColumnType.PartyList => 5,
        ColumnType.Money => 6,
        _ => 7,
    };
}

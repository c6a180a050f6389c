using System.Collections.Immutable;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Sqlite;

/// <summary>A table of the target as DES lays it out: which columns, in which order, of which declared type.</summary>
internal sealed class TargetTable
{
    internal const string Id = "Id";
    internal const string SinkCreatedOn = "SinkCreatedOn";
    internal const string SinkModifiedOn = "SinkModifiedOn";
    internal const string VersionNumberColumn = "versionnumber";
    internal const string ModifiedOnColumn = "modifiedon";

    private const string EntityTypeSuffix = "_entitytype";
    private const string EntityTypeType = "nvarchar(128)";

    private TargetTable(TableDefinition definition, SqlIdentifier name, ImmutableArray<TargetColumn> columns) =>
        (Definition, Name, Columns, RowId, SetColumns) = (
            definition, name, columns, RowIdName(definition.Name, columns), definition.SetColumns);

    /// <summary>The table of the source.</summary>
    public TableDefinition Definition { get; }

    /// <summary>Its name in the target.</summary>
    public SqlIdentifier Name { get; }

    /// <summary>All columns: <c>Id</c>, the two <c>Sink</c> columns, then those of the source in DES's order.</summary>
    public ImmutableArray<TargetColumn> Columns { get; }

    /// <summary>The name under which SQLite shows the rowid of this table.</summary>
    public string RowId { get; }

    /// <summary>The columns by whose value rows are read as a set.</summary>
    public ImmutableArray<string> SetColumns { get; }

    /// <summary>Whether the table holds when a record was last modified.</summary>
    public bool HasModifiedOn => Definition.OrdinalOf(ModifiedOnColumn) >= 0;

    /// <summary>Lays out the tables of a profile, by their names at the source.</summary>
    /// <exception cref="TargetRefusedException">A name cannot be used, or two things would have the same.</exception>
    public static Dictionary<string, TargetTable> Of(IReadOnlyList<TableDefinition> definitions, TargetNames names)
    {
        var tables = new Dictionary<string, TargetTable>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var definition in definitions)
        {
            if (!seen.Add(definition.Name))
            {
                throw new TargetRefusedException(
                    $"Two tables would be called {names.TableOf(definition.Name)} in the target.");
            }

            tables.Add(definition.Name, Of(definition, names));
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

        var columns = ColumnsOf(definition);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in columns)
        {
            if (!seen.Add(column.Name.Name))
            {
                throw new TargetRefusedException(
                    $"Table '{definition.Name}': two columns would be called {column.Name} in the target.");
            }
        }

        return new TargetTable(definition, name, columns);
    }

    private static ImmutableArray<TargetColumn> ColumnsOf(TableDefinition definition)
    {
        var columns = ImmutableArray.CreateBuilder<TargetColumn>();
        columns.Add(new TargetColumn(SqlIdentifier.Of(Id), "uniqueidentifier"));
        columns.Add(new TargetColumn(SqlIdentifier.Of(SinkCreatedOn), "datetime"));
        columns.Add(new TargetColumn(SqlIdentifier.Of(SinkModifiedOn), "datetime"));
        foreach (var ordinal in Enumerable.Range(0, definition.Columns.Length)
            .OrderBy(ordinal => PlaceOf(definition.Columns[ordinal].Type)))
        {
            var source = definition.Columns[ordinal];
            columns.Add(new TargetColumn(SqlIdentifier.Of(source.Name), TargetColumn.DeclaredTypeOf(source), ordinal));
            if (source.Type is ColumnType.Lookup)
            {
                var entityType = SqlIdentifier.Of(source.Name + EntityTypeSuffix);
                columns.Add(new TargetColumn(entityType, EntityTypeType, ordinal, IsEntityType: true));
            }
        }

        if (definition.OrdinalOf(VersionNumberColumn) < 0)
        {
            // The fence lives on it, so a table whose source does not list it has it all the same.
            columns.Add(new TargetColumn(SqlIdentifier.Of(VersionNumberColumn), "bigint"));
        }

        return columns.ToImmutable();
    }

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

    private static string RowIdName(string table, ImmutableArray<TargetColumn> columns)
    {
        foreach (var name in new[] { "rowid", "_rowid_", "oid" })
        {
            if (!columns.Any(column => column.Name.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            {
                return name;
            }
        }

        throw new TargetRefusedException(
            $"Table '{table}' has columns rowid, _rowid_ and oid: SQLite needs one of them.");
    }
}

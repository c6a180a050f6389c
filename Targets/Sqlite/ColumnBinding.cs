using System.Runtime.CompilerServices;
using System.Text;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;

namespace DataExport.Targets.Sqlite;

/// <summary>How the value of one column of the source becomes one or two parameters of a statement.</summary>
internal sealed class ColumnBinding
{
    private readonly TargetTable _table;
    private readonly TargetColumn _column;
    private readonly bool _isDateOnly;
    private readonly byte[]? _soleTarget;

    private ColumnBinding(TargetTable table, TargetColumn target, int parameter)
    {
        (_table, _column) = (table, target);
        var column = table.Definition.Columns[target.Ordinal];
        Ordinal = target.Ordinal;
        Parameter = parameter;
        IsLookup = table.EntityTypeColumnOf(Ordinal) is not null;
        IsModifiedOn = column.Name == TargetTable.ModifiedOnColumn;
        IsKnownOtherwise = column.Name == TargetTable.VersionNumberColumn
            || column.Name == table.Definition.PrimaryIdColumn;
        _isDateOnly = column.Type is ColumnType.DateOnly;
        _soleTarget = column.Targets is [var sole] ? Encoding.UTF8.GetBytes(sole) : null;
    }

    /// <summary>The column's ordinal at the source.</summary>
    public int Ordinal { get; }

    /// <summary>Its parameter in statements over all columns; that of a lookup's entity type follows.</summary>
    public int Parameter { get; }

    /// <summary>Whether the column of an entity type follows.</summary>
    public bool IsLookup { get; }

    /// <summary>Whether it is <c>modifiedon</c>, which for a provisional row comes from the evidence.</summary>
    public bool IsModifiedOn { get; }

    /// <summary>Whether the evidence itself holds the value: version number and record id.</summary>
    public bool IsKnownOtherwise { get; }

    /// <summary>
    /// Whether a notification's value is written. The id is the row's already; what the evidence knows is written from
    /// there.
    /// </summary>
    public bool IsSent => !IsKnownOtherwise && !IsModifiedOn;

    /// <summary>
    /// One binding a column of the source, by ordinal; nothing for a column that the table has no room for.
    /// </summary>
    public static ColumnBinding?[] Of(TargetTable table)
    {
        var bindings = new ColumnBinding?[table.Definition.Columns.Length];
        for (var index = 0; index < table.Columns.Length; index++)
        {
            var column = table.Columns[index];
            if (column.Ordinal >= 0 && !column.IsEntityType)
            {
                bindings[column.Ordinal] = new ColumnBinding(table, column, index + 1);
            }
        }

        return bindings;
    }

    /// <summary>Binds a value, and the table it points to behind it if it is a lookup.</summary>
    public void Bind(SqliteStatement statement, int parameter, in ColumnValue value)
    {
        switch (value.Kind)
        {
            case ColumnValueKind.Text:
                Cells.DemandText(value.Utf8, _table, _column);
                statement.Bind(parameter, value.Utf8);
                break;
            case ColumnValueKind.Integer:
                statement.Bind(parameter, value.Integer);
                break;
            case ColumnValueKind.Boolean:
                statement.Bind(parameter, value.Boolean ? 1L : 0L);
                break;
            case ColumnValueKind.Decimal:
                BindDecimal(statement, parameter, value.Decimal);
                break;
            case ColumnValueKind.Double when double.IsNaN(value.Double):
                // SQLite would store nothing in its place.
                throw Cells.Refusal(_table, _column, "it is no number");
            case ColumnValueKind.Double:
                statement.Bind(parameter, value.Double);
                break;
            case ColumnValueKind.Instant:
                statement.Bind(parameter, _isDateOnly ? value.Instant.Date : value.Instant);
                break;
            case ColumnValueKind.Guid or ColumnValueKind.Lookup:
                statement.Bind(parameter, value.Guid);
                break;
            case ColumnValueKind.Null:
                statement.BindNull(parameter);
                break;
            default:
                throw new InvalidOperationException($"Value kind {value.Kind} has no form in SQLite.");
        }

        if (IsLookup)
        {
            BindEntityType(statement, parameter + 1, value);
        }
    }

    /// <summary>An entity type that was not told is known where the lookup points to one table only.</summary>
    private void BindEntityType(SqliteStatement statement, int parameter, in ColumnValue value)
    {
        if (value.Kind is ColumnValueKind.Lookup && value.LookupTable.Length > 0)
        {
            Cells.DemandText(value.LookupTable, _table, _column);
            statement.Bind(parameter, value.LookupTable);
        }
        else if (!value.IsNull && _soleTarget is not null)
        {
            statement.Bind(parameter, _soleTarget);
        }
        else
        {
            statement.BindNull(parameter);
        }
    }

    /// <summary>Numbers are stored as numbers: see docs/decisions/0010.</summary>
    [SkipLocalsInit]
    private static void BindDecimal(SqliteStatement statement, int parameter, decimal value)
    {
        if (value.Scale == 0 && value is >= long.MinValue and <= long.MaxValue)
        {
            statement.Bind(parameter, (long)value);
            return;
        }

        statement.Bind(parameter, (double)value);
    }
}

using System.Data.SqlTypes;
using System.Globalization;
using DataExport.Targets.Layout;

namespace DataExport.Targets.SqlServer;

/// <summary>Names and types in SQL Server: DES's own.</summary>
internal sealed class SqlServerDialect : TargetDialect
{
    public static SqlServerDialect Instance { get; } = new();

    /// <summary>
    /// A table type has 1,024 columns at most as well, and among them the masks of <see cref="TargetTypes"/>.
    /// </summary>
    protected override int ColumnsMax => 1_007;

    public override int ViewColumnsMax => 1_024;

    public override DateTime InstantMin { get; } =
        DateTime.SpecifyKind(SqlDateTime.MinValue.Value, DateTimeKind.Utc);

    private static readonly DateTime _instantMax =
        DateTime.SpecifyKind(SqlDateTime.MaxValue.Value, DateTimeKind.Utc);

    /// <summary>
    /// As <c>datetime</c> keeps it: in steps of a 300th of a second, which show as .000, .003 and .007. What it cannot
    /// hold becomes the nearest that it can.
    /// </summary>
    public override DateTime RoundInstant(DateTime instant) =>
        instant <= InstantMin ? InstantMin
        : instant >= _instantMax ? _instantMax
        : DateTime.SpecifyKind(new SqlDateTime(instant).Value, DateTimeKind.Utc);

    public override string TypeOf(ColumnDefinition column) => TargetColumn.CellOf(column.Type) switch
    {
        CellType.Id => "uniqueidentifier",
        CellType.Text => TextType(TextLengthOf(column)),
        CellType.Int => "int",
        CellType.BigInt => "bigint",
        CellType.Bit => "bit",
        CellType.Instant => "datetime",
        _ => string.Create(CultureInfo.InvariantCulture, $"decimal({DecimalDigits},{ScaleOf(column)})"),
    };

    public override string TypeOf(SystemType type, int length = 0) => type switch
    {
        SystemType.Number => "bigint IDENTITY(1,1) NOT NULL",
        SystemType.Int => "int",
        SystemType.BigInt => "bigint",
        SystemType.Bit => "bit",
        SystemType.Text => TextType(length),
        SystemType.LongText => TextType(0),
        SystemType.Instant => "datetime",
        SystemType.Id => "uniqueidentifier",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This type is not known here."),
    };

    public override TargetTable Limit(TargetTable table, out IReadOnlyList<string> warnings)
    {
        var limited = base.Limit(table, out warnings);
        if (RowSize.Of(limited) is var bytes and > RowSize.BytesMax)
        {
            warnings =
            [
                .. warnings,
                $"Table {table.Name} has {limited.Columns.Length} columns. A row of which all are filled takes "
                    + $"{bytes} bytes at least and would be refused: {RowSize.BytesMax} is the limit.",
            ];
        }

        return limited;
    }

    public override string Literal(string text) => $"N{base.Literal(text)}";

    /// <summary>By way of milliseconds, or 300ths of a second would show as they are.</summary>
    public override string ZonedOf(string column) => $"TODATETIMEOFFSET(CAST({column} AS datetime2(3)), '+00:00')";

    public override MultiSelectParts PartsOf(string column) => new(
        $"CROSS APPLY STRING_SPLIT({column}, N';') AS s", "TRY_CAST(s.value AS int)");

    /// <summary>The type of a text of a longest length; 0: of any.</summary>
    internal static string TextType(int letters) =>
        letters == 0 ? "nvarchar(max)" : string.Create(CultureInfo.InvariantCulture, $"nvarchar({letters})");
}

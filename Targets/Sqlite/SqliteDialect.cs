using System.Globalization;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Sqlite;

/// <summary>
/// Names and types in SQLite: declared as DES declared them, for readers and tools; none is enforced.
/// </summary>
internal sealed class SqliteDialect : TargetDialect
{
    /// <summary>Quoted as a name, since SQLite takes numbers only between the parentheses of a type.</summary>
    private const string LongText = "\"nvarchar(max)\"";

    public static SqliteDialect Instance { get; } = new();

    public override bool IsNumberKey => true;

    /// <summary>A column takes values of every type and length.</summary>
    public override bool IsEnforced => false;

    public override SqlIdentifier Name(string name) => name.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase)
        ? throw SqlIdentifier.Refusal(name, "SQLite keeps names that begin with sqlite_ to itself.")
        : base.Name(name);

    protected override int ColumnsMax => 2_000;

    public override int ViewColumnsMax => 2_000;

    public override string TypeOf(ColumnDefinition column) => TargetColumn.CellOf(column.Type) switch
    {
        CellType.Id => "uniqueidentifier",
        CellType.Text => TextLengthOf(column) is var length and > 0 ? Sized("nvarchar", length) : LongText,
        CellType.Int => "int",
        CellType.BigInt => "bigint",
        CellType.Bit => "bit",
        CellType.Instant => "datetime",
        _ => string.Create(CultureInfo.InvariantCulture, $"decimal({DecimalDigits},{ScaleOf(column)})"),
    };

    public override string TypeOf(SystemType type, int length = 0) => type switch
    {
        SystemType.Number => "integer NOT NULL PRIMARY KEY AUTOINCREMENT",
        SystemType.Int => "int",
        SystemType.BigInt => "bigint",
        SystemType.Bit => "bit",
        SystemType.Text => Sized("nvarchar", length),
        SystemType.LongText => LongText,
        SystemType.Instant => "datetime",

        // As the delete log has it: SQLite joins by an index only what is declared alike.
        SystemType.Id => Sized("nvarchar", 64),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This type is not known here."),
    };

    public override string ZonedOf(string column) => $"{column} || 'Z'";

    public override MultiSelectParts PartsOf(string column)
    {
        var array = $"'[' || replace({column}, ';', ',') || ']'";
        return new MultiSelectParts(
            $"CROSS JOIN json_each(CASE WHEN json_valid({array}) THEN {array} ELSE '[]' END) AS s",
            "CASE s.type WHEN 'integer' THEN s.value END");
    }

    public override string Suffix(SystemTable table) => table.IsKeyed ? " WITHOUT ROWID" : "";

    private static string Sized(string type, int letters) =>
        string.Create(CultureInfo.InvariantCulture, $"{type}({letters})");
}

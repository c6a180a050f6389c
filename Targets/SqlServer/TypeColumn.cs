using System.Data;
using DataExport.Targets.Layout;
using Microsoft.Data.SqlClient.Server;

namespace DataExport.Targets.SqlServer;

/// <summary>A column of a table type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cell">What it can hold.</param>
/// <param name="TextLength">Longest text it can hold; 0: any.</param>
/// <param name="Scale">The digits that it holds after the point.</param>
internal sealed record TypeColumn(SqlIdentifier Name, CellType Cell, int TextLength = 0, int Scale = 0)
{
    private const byte DecimalDigits = 38;
    private const long AnyLength = -1;

    /// <summary>
    /// Its type, as a statement declares it. Told by what the table's column holds by now, which may be more than the
    /// source asks for.
    /// </summary>
    public string DeclaredType => Cell switch
    {
        CellType.Id => "uniqueidentifier",
        CellType.Text => SqlServerDialect.TextType(TextLength),
        CellType.Int => "int",
        CellType.BigInt => "bigint",
        CellType.Bit => "bit",
        CellType.Instant => "datetime",
        _ => FormattableString.Invariant($"decimal({DecimalDigits},{Scale})"),
    };

    public static TypeColumn Of(TargetColumn column) =>
        new(column.Name, column.Cell, column.TextLengthMax, column.Scale);

    public static TypeColumn Of(string name, CellType cell, int textLength = 0) =>
        new(SqlIdentifier.Of(name), cell, textLength);

    /// <summary>The column as the driver sends it.</summary>
    public SqlMetaData ToMetaData() => Cell switch
    {
        CellType.Id => new SqlMetaData(Name.Name, SqlDbType.UniqueIdentifier),
        CellType.Text => new SqlMetaData(Name.Name, SqlDbType.NVarChar, TextLength > 0 ? TextLength : AnyLength),
        CellType.Int => new SqlMetaData(Name.Name, SqlDbType.Int),
        CellType.BigInt => new SqlMetaData(Name.Name, SqlDbType.BigInt),
        CellType.Bit => new SqlMetaData(Name.Name, SqlDbType.Bit),
        CellType.Instant => new SqlMetaData(Name.Name, SqlDbType.DateTime),
        _ => new SqlMetaData(Name.Name, SqlDbType.Decimal, DecimalDigits, (byte)Scale),
    };
}

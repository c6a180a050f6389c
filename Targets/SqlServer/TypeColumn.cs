using System.Data;
using DataExport.Targets.Layout;
using Microsoft.Data.SqlClient.Server;

namespace DataExport.Targets.SqlServer;

/// <summary>A column of a table type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DeclaredType">Its type, as a statement declares it.</param>
/// <param name="Cell">What it can hold.</param>
/// <param name="TextLength">Longest text it can hold; 0: any.</param>
/// <param name="Scale">The digits that it holds after the point.</param>
internal sealed record TypeColumn(
    SqlIdentifier Name, string DeclaredType, CellType Cell, int TextLength = 0, int Scale = 0)
{
    private const byte DecimalDigits = 38;
    private const long AnyLength = -1;

    public static TypeColumn Of(TargetColumn column) =>
        new(column.Name, column.DeclaredType, column.Cell, column.TextLengthMax, column.Scale);

    public static TypeColumn BigInt(string name) => Of(name, SystemType.BigInt, CellType.BigInt);

    public static TypeColumn Int(string name) => Of(name, SystemType.Int, CellType.Int);

    public static TypeColumn Id(string name) => Of(name, SystemType.Id, CellType.Id);

    public static TypeColumn Instant(string name) => Of(name, SystemType.Instant, CellType.Instant);

    public static TypeColumn Text(string name, int length) => new(
        SqlIdentifier.Of(name), SqlServerDialect.Instance.TypeOf(SystemType.Text, length), CellType.Text, length);

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

    private static TypeColumn Of(string name, SystemType type, CellType cell) =>
        new(SqlIdentifier.Of(name), SqlServerDialect.Instance.TypeOf(type), cell);
}

using System.Globalization;

namespace DataExport.Targets.Sqlite;

/// <summary>A column of a target table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DeclaredType">Its type, as DES declared it.</param>
/// <param name="Ordinal">The column of the source that fills it; -1 for those that only the target has.</param>
/// <param name="IsEntityType">Whether it holds the table that the lookup before it points to.</param>
internal sealed record TargetColumn(
    SqlIdentifier Name, string DeclaredType, int Ordinal = -1, bool IsEntityType = false)
{
    private const int TextLettersMax = 4000;
    private const int DecimalDigits = 38;

    /// <summary>Quoted as a name, since SQLite takes numbers only between the parentheses of a type.</summary>
    private const string LongText = "\"nvarchar(max)\"";

    internal static string DeclaredTypeOf(ColumnDefinition column) => column.Type switch
    {
        ColumnType.Text when column.MaxLength is > 0 and <= TextLettersMax => Sized("nvarchar", column.MaxLength),
        ColumnType.Text or ColumnType.Memo => LongText,
        ColumnType.Integer or ColumnType.Choice or ColumnType.State or ColumnType.Status => "int",
        ColumnType.BigInt => "bigint",
        ColumnType.Boolean => "bit",
        ColumnType.DateTime or ColumnType.DateOnly => "datetime",
        ColumnType.Decimal or ColumnType.Double or ColumnType.Money => Decimal(column.Precision),
        ColumnType.Lookup or ColumnType.UniqueIdentifier or ColumnType.PartyList => "uniqueidentifier",
        ColumnType.EntityName or ColumnType.MultiSelect => Sized("nvarchar", TextLettersMax),
        _ => throw new ArgumentOutOfRangeException(nameof(column), column.Type, "This type is not known here."),
    };

    private static string Sized(string type, int letters) =>
        string.Create(CultureInfo.InvariantCulture, $"{type}({letters})");

    private static string Decimal(int precision) => string.Create(
        CultureInfo.InvariantCulture, $"decimal({DecimalDigits},{Math.Clamp(precision, 0, DecimalDigits)})");
}

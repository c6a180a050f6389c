using System.Globalization;

namespace DataExport.Targets.Layout;

/// <summary>How one engine names and types what a profile has in its target. Pure.</summary>
internal abstract class TargetDialect
{
    /// <summary>The longest name in SQL Server. PostgreSQL shortens names further; SQLite takes any.</summary>
    private const int NameLettersMax = 128;
    private const int HashLetters = 16;

    /// <summary>A name as this engine keeps it: the name itself, unless the engine folds or shortens names.</summary>
    /// <exception cref="Grains.Ports.TargetRefusedException">The engine keeps no such name.</exception>
    public virtual SqlIdentifier Name(string name) => SqlIdentifier.Of(name);

    /// <summary>The name of a column, of which an engine may keep some to itself.</summary>
    /// <exception cref="Grains.Ports.TargetRefusedException">The engine keeps no such name.</exception>
    public virtual SqlIdentifier ColumnName(string name) => Name(name);

    /// <summary>Which of the names that are kept are one.</summary>
    public virtual StringComparer NameComparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>Whether the engine holds a column to its declared type.</summary>
    public virtual bool IsEnforced => true;

    /// <summary>The most columns that a table can have.</summary>
    protected abstract int ColumnsMax { get; }

    /// <summary>The table as the engine can hold it, and a warning for what it cannot.</summary>
    public virtual TargetTable Limit(TargetTable table, out IReadOnlyList<string> warnings)
    {
        if (table.Columns.Length <= ColumnsMax)
        {
            warnings = [];
            return table;
        }

        var left = table.LeftOutBeyond(ColumnsMax);
        var names = string.Join(", ", left.Select(static column => column.Name.Name));
        warnings =
        [
            $"Table {table.Name} has {table.Columns.Length} columns and can have {ColumnsMax} in this database. Left "
            + $"out: {names}.",
        ];
        return table.Without(left);
    }

    /// <summary>The declared type of a column of the source.</summary>
    public abstract string TypeOf(ColumnDefinition column);

    /// <summary>The longest text that a column of the source gets room for, in UTF-16 units; 0: any.</summary>
    public virtual int TextLengthOf(ColumnDefinition column) => column.Type switch
    {
        ColumnType.Text when column.MaxLength is > 0 and <= TextLettersMax => column.MaxLength,
        ColumnType.EntityName or ColumnType.MultiSelect when column.MaxLength <= TextLettersMax => TextLettersMax,
        _ => 0,
    };

    /// <summary>The longest text that has a length; longer ones are of any length.</summary>
    protected const int TextLettersMax = 4000;

    /// <summary>DES declared every number with this many digits.</summary>
    protected const int DecimalDigits = 38;

    /// <summary>The earliest time that a column of the engine holds.</summary>
    public virtual DateTime InstantMin => DateTime.MinValue;

    /// <summary>A time as a column of the engine gives it back, so that equal times stay equal.</summary>
    public virtual DateTime RoundInstant(DateTime instant) => instant;

    /// <summary>The digits after the point that a column of the source gets room for.</summary>
    public virtual int ScaleOf(ColumnDefinition column) =>
        TargetColumn.CellOf(column.Type) is CellType.Decimal ? Math.Clamp(column.Precision, 0, DecimalDigits) : 0;

    /// <summary>The declared type of a column that every target has.</summary>
    public abstract string TypeOf(SystemType type, int length = 0);

    /// <summary>What follows the columns of a table of ours, such as storage options.</summary>
    public virtual string Suffix(SystemTable table) => "";

    /// <summary>Whether the type of a numbering column says already that it is the key.</summary>
    public virtual bool IsNumberKey => false;

    /// <summary>The most columns that a view can have.</summary>
    public abstract int ViewColumnsMax { get; }

    /// <summary>A text as a statement holds it.</summary>
    public virtual string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The condition that a yes/no column is yes.</summary>
    public virtual string IsYes(string column) => $"{column} = 1";

    /// <summary>A time of a column, which is UTC, with its zone.</summary>
    public abstract string ZonedOf(string column);

    /// <summary>The numbers of a multi-select column, each as a row.</summary>
    public abstract MultiSelectParts PartsOf(string column);

    /// <summary>
    /// A name that is made of others. Where it is too long, its beginning stands for it, with a hash of all of it.
    /// </summary>
    internal static SqlIdentifier Shortened(string name) => SqlIdentifier.Of(name.Length <= NameLettersMax
        ? name
        : string.Create(CultureInfo.InvariantCulture, $"{Beginning(name)}_{NameHash.Of(name):x16}"));

    /// <summary>The name of the index that reports want on a column. No table or view has such a one.</summary>
    internal SqlIdentifier IndexName(TargetTable table, TargetColumn column) =>
        Name(Shortened($"IX[{table.Name.Name}].[{column.Name.Name}]").Name);

    /// <summary>The statement that makes it.</summary>
    internal string IndexScript(TargetTable table, TargetColumn column) =>
        $"CREATE INDEX {IndexName(table, column)} ON {table.Name} ({column.Name})";

    private static string Beginning(string name)
    {
        var length = NameLettersMax - HashLetters - 1;
        return name[..(char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)];
    }
}

/// <summary>How the numbers of a multi-select column become rows.</summary>
/// <param name="Join">What follows the table in a query.</param>
/// <param name="Value">The number of a row; nothing where somebody else wrote what is no number.</param>
internal sealed record MultiSelectParts(string Join, string Value);

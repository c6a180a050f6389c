namespace DataExport.Targets.Layout;

/// <summary>How one engine names and types what a profile has in its target. Pure.</summary>
internal abstract class TargetDialect
{
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

    /// <summary>
    /// The first number that has more digits before the point than a column with some digits behind it has room for;
    /// 0: every number fits.
    /// </summary>
    internal static decimal NumberLimitOf(int scale) => DecimalDigits - scale is var digits and <= 28
        ? PowerOfTen(digits)
        : 0;

    /// <summary>The digits after the point that a column of the source gets room for.</summary>
    public virtual int ScaleOf(ColumnDefinition column) =>
        TargetColumn.CellOf(column.Type) is CellType.Decimal ? Math.Clamp(column.Precision, 0, DecimalDigits) : 0;

    /// <summary>The declared type of a column that every target has.</summary>
    public abstract string TypeOf(SystemType type, int length = 0);

    /// <summary>What follows the columns of a table of ours, such as storage options.</summary>
    public virtual string Suffix(SystemTable table) => "";

    /// <summary>Whether the type of a numbering column says already that it is the key.</summary>
    public virtual bool IsNumberKey => false;

    private static decimal PowerOfTen(int digits)
    {
        var power = 1m;
        for (var digit = 0; digit < digits; digit++)
        {
            power *= 10;
        }

        return power;
    }
}

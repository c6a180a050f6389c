namespace DataExport.Targets.Layout;

/// <summary>How one engine names and types what a profile has in its target. Pure.</summary>
internal abstract class TargetDialect
{
    /// <summary>A name as this engine keeps it: the name itself, unless the engine folds or shortens names.</summary>
    /// <exception cref="Grains.Ports.TargetRefusedException">The engine keeps no such name.</exception>
    public virtual SqlIdentifier Name(string name) => SqlIdentifier.Of(name);

    /// <summary>The declared type of a column of the source.</summary>
    public abstract string TypeOf(ColumnDefinition column);

    /// <summary>The longest text that a column of the source gets room for, in UTF-16 units; 0: any.</summary>
    public virtual int TextLengthOf(ColumnDefinition column) => column.Type switch
    {
        ColumnType.Text when column.MaxLength is > 0 and <= TextLettersMax => column.MaxLength,
        ColumnType.EntityName or ColumnType.MultiSelect => TextLettersMax,
        _ => 0,
    };

    /// <summary>The longest text that has a length; longer ones are of any length.</summary>
    protected const int TextLettersMax = 4000;

    /// <summary>DES declared every number with this many digits.</summary>
    protected const int DecimalDigits = 38;

    /// <summary>The digits after the point that a column of the source gets room for.</summary>
    protected static int ScaleOf(ColumnDefinition column) => Math.Clamp(column.Precision, 0, DecimalDigits);

    /// <summary>The declared type of a column that every target has.</summary>
    public abstract string TypeOf(SystemType type, int length = 0);

    /// <summary>What follows the columns of a table of ours, such as storage options.</summary>
    public virtual string Suffix(SystemTable table) => "";

    /// <summary>Whether the type of a numbering column says already that it is the key.</summary>
    public virtual bool IsNumberKey => false;
}

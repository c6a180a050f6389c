namespace DataExport.Targets.Layout;

/// <summary>What a column of the target can hold, whatever the engine calls it.</summary>
internal enum CellType
{
    /// <summary>A record id.</summary>
    Id,

    /// <summary>Text.</summary>
    Text,

    /// <summary>32-bit whole number.</summary>
    Int,

    /// <summary>64-bit whole number.</summary>
    BigInt,

    /// <summary>Yes or no.</summary>
    Bit,

    /// <summary>A time.</summary>
    Instant,

    /// <summary>A decimal number.</summary>
    Decimal,
}

/// <summary>A column of a target table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DeclaredType">Its type, as the engine declares it.</param>
/// <param name="Ordinal">The column of the source that fills it; -1 for those that only the target has.</param>
/// <param name="IsEntityType">Whether it holds the table that the lookup before it points to.</param>
internal sealed record TargetColumn(
    SqlIdentifier Name, string DeclaredType, int Ordinal = -1, bool IsEntityType = false)
{
    /// <summary>What it can hold.</summary>
    public CellType Cell { get; init; }

    /// <summary>Longest text it can hold, in UTF-16 units; 0: any, or no text.</summary>
    public int TextLengthMax { get; init; }

    /// <summary>The first number, whatever its sign, that has no place in it; 0: every number has one.</summary>
    public decimal NumberLimit => Cell is CellType.Decimal ? TargetDialect.NumberLimitOf(Scale) : 0;

    /// <summary>Digits after the point, of a decimal number.</summary>
    public int Scale { get; init; }

    /// <summary>What a column of the source needs.</summary>
    public static CellType CellOf(ColumnType type) => type switch
    {
        ColumnType.Text or ColumnType.Memo or ColumnType.EntityName or ColumnType.MultiSelect => CellType.Text,
        ColumnType.Integer or ColumnType.Choice or ColumnType.State or ColumnType.Status => CellType.Int,
        ColumnType.BigInt => CellType.BigInt,
        ColumnType.Boolean => CellType.Bit,
        ColumnType.DateTime or ColumnType.DateOnly => CellType.Instant,
        ColumnType.Decimal or ColumnType.Double or ColumnType.Money => CellType.Decimal,
        ColumnType.Lookup or ColumnType.UniqueIdentifier or ColumnType.PartyList => CellType.Id,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This type is not known here."),
    };
}

namespace DataExport;

/// <summary>How a column's value is encoded in <see cref="ColumnValues"/>. Stored and sent: never renumber.</summary>
public enum ColumnValueKind
{
    /// <summary>No value. No payload.</summary>
    Null = 0,

    /// <summary>1 byte.</summary>
    Boolean = 1,

    /// <summary>8 bytes: whole numbers and options.</summary>
    Integer = 2,

    /// <summary>16 bytes: decimal with its scale.</summary>
    Decimal = 3,

    /// <summary>8 bytes.</summary>
    Double = 4,

    /// <summary>8 bytes: ticks of the UTC instant, or of the wall-clock time where the column knows no zone.</summary>
    Instant = 5,

    /// <summary>16 bytes.</summary>
    Guid = 6,

    /// <summary>4 bytes length, then UTF-8.</summary>
    Text = 7,

    /// <summary>
    /// 16 bytes record id, 1 byte length, then the referenced table's name in UTF-8 (empty: not told).
    /// </summary>
    Lookup = 8,
}

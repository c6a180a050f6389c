namespace DataExport;

/// <summary>What a column holds at the source. Stored and sent: never renumber.</summary>
public enum ColumnType
{
    /// <summary>Single-line text, at most <see cref="ColumnDefinition.MaxLength"/> characters.</summary>
    Text = 0,

    /// <summary>Multi-line text.</summary>
    Memo = 1,

    /// <summary>32-bit whole number.</summary>
    Integer = 2,

    /// <summary>64-bit whole number, such as <c>versionnumber</c>.</summary>
    BigInt = 3,

    /// <summary>Two options.</summary>
    Boolean = 4,

    /// <summary>An instant or a wall-clock time, kept as UTC respectively as written.</summary>
    DateTime = 5,

    /// <summary>A calendar day.</summary>
    DateOnly = 6,

    /// <summary>Decimal number with <see cref="ColumnDefinition.Precision"/> digits after the point.</summary>
    Decimal = 7,

    /// <summary>Floating point number.</summary>
    Double = 8,

    /// <summary>Amount of money, in the record's or in the organization's currency.</summary>
    Money = 9,

    /// <summary>One option of a set.</summary>
    Choice = 10,

    /// <summary>The record's state.</summary>
    State = 11,

    /// <summary>The record's status reason.</summary>
    Status = 12,

    /// <summary>A reference to a record of one of several tables: lookup, customer, owner.</summary>
    Lookup = 13,

    /// <summary>A GUID that is no reference, such as the record's own id.</summary>
    UniqueIdentifier = 14,

    /// <summary>A table's logical name.</summary>
    EntityName = 15,

    /// <summary>Several options of a set, as text: numbers in rising order, joined by semicolons.</summary>
    MultiSelect = 16,

    /// <summary>The parties of an activity; the parties themselves are rows of <c>activityparty</c>.</summary>
    PartyList = 17,
}

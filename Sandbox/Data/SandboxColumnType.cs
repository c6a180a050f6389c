namespace DataExport.Sandbox;

/// <summary>What a column of the sandbox holds, by Dataverse's own words.</summary>
public enum SandboxColumnType
{
    /// <summary>Single-line text.</summary>
    String,

    /// <summary>Multi-line text.</summary>
    Memo,

    /// <summary>32-bit whole number.</summary>
    Integer,

    /// <summary>64-bit whole number.</summary>
    BigInt,

    /// <summary>Two options.</summary>
    Boolean,

    /// <summary>A time or a day, by the column's <see cref="SandboxDateBehavior"/>.</summary>
    DateTime,

    /// <summary>Decimal number.</summary>
    Decimal,

    /// <summary>Floating point number.</summary>
    Double,

    /// <summary>Amount of money.</summary>
    Money,

    /// <summary>One option of a set.</summary>
    Picklist,

    /// <summary>The record's state.</summary>
    State,

    /// <summary>The reason of the record's state.</summary>
    Status,

    /// <summary>A reference to a record of one or several tables.</summary>
    Lookup,

    /// <summary>A reference to an account or a contact.</summary>
    Customer,

    /// <summary>A reference to the user or team that owns the record.</summary>
    Owner,

    /// <summary>A GUID that is no reference.</summary>
    UniqueIdentifier,

    /// <summary>Several options of a set.</summary>
    MultiSelect,

    /// <summary>The name of a table.</summary>
    EntityName,

    /// <summary>The parties of an activity in one part. They live in a table of their own.</summary>
    PartyList,

    /// <summary>A picture. Neither pages nor messages show it; columns beside it tell when it changed.</summary>
    Image,
}

/// <summary>How a <see cref="SandboxColumnType.DateTime"/> column treats time zones.</summary>
public enum SandboxDateBehavior
{
    /// <summary>An instant.</summary>
    UserLocal,

    /// <summary>A calendar day.</summary>
    DateOnly,

    /// <summary>A wall-clock time without zone.</summary>
    TimeZoneIndependent,
}

namespace DataExport.Sandbox;

/// <summary>Where the values of a column come from.</summary>
internal enum ColumnRole
{
    /// <summary>From the hash of record, column and revision.</summary>
    Drawn,

    /// <summary>The record's own id.</summary>
    PrimaryId,

    /// <summary>The record's version.</summary>
    VersionNumber,

    /// <summary>The record's time of creation.</summary>
    CreatedOn,

    /// <summary>The record's time of change.</summary>
    ModifiedOn,

    /// <summary>Drawn like any other, changed by every event.</summary>
    ModifiedBy,

    /// <summary>Drawn like any other, changed by the environment alone and without a new version.</summary>
    Computed,

    /// <summary>Always null.</summary>
    Nothing,

    /// <summary>First and last name, joined.</summary>
    FullName,

    /// <summary>A money column in the organization's currency.</summary>
    BaseAmount,

    /// <summary>The rate of the record's currency.</summary>
    ExchangeRate,

    /// <summary>A reason that fits the record's state.</summary>
    Status,

    /// <summary>The owner, if it is a user.</summary>
    OwningUser,

    /// <summary>The owner, if it is a team.</summary>
    OwningTeam,

    /// <summary>The organization's one business unit.</summary>
    OwningBusinessUnit,

    /// <summary>A column that messages carry and pages do not show.</summary>
    Unreadable,

    /// <summary>The parties of an activity in one part.</summary>
    Parties,

    /// <summary>The name of the record's own table.</summary>
    TableName,

    /// <summary>The time of a picture, null without one.</summary>
    ImageTime,

    /// <summary>The address of a picture, null without one.</summary>
    ImageAddress,
}

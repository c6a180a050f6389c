using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.Notifications;

/// <summary>A record that a parameter names, read before it is known what the message is.</summary>
internal readonly record struct ReadRecord
{
    /// <summary>Which parameter named it.</summary>
    public required ParameterRole Role { get; init; }

    /// <summary>Whether it said of which table it is.</summary>
    public bool NamesTable { get; init; }

    /// <summary>Its table, if the catalog has it.</summary>
    public ColumnIndex? Table { get; init; }

    /// <summary>Its id, or the empty GUID.</summary>
    public Guid Id { get; init; }

    /// <summary>Whether it came with attributes, which a reference does not.</summary>
    public bool HasAttributes { get; init; }

    /// <summary>The attributes that the table has; null when one of them does not fit its column.</summary>
    public ColumnValues? Columns { get; init; }

    /// <summary>The attribute <c>modifiedon</c> in whole seconds, if there is a usable one.</summary>
    public DateTime? ModifiedOn { get; init; }

    /// <summary>Where in the body it ends.</summary>
    public long Position { get; init; }
}

/// <summary>What a parameter says of the records that a message is about.</summary>
internal enum ParameterRole
{
    Unknown,
    Nothing,

    /// <summary>The one record.</summary>
    Record,

    /// <summary>One of several records.</summary>
    Member,

    /// <summary>The id of the record that a merge deactivates.</summary>
    Subordinate,
}

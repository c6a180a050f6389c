using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.Notifications;

/// <summary>A record that a parameter names, read before it is known what the message is.</summary>
internal readonly record struct ReadRecord
{
    /// <summary>Which parameter named it.</summary>
    public required ParameterRole Role { get; init; }

    /// <summary>Whether it said of which table it is.</summary>
    public bool NamesTable => !string.IsNullOrEmpty(TableName);

    /// <summary>The table that it said; empty when it did not.</summary>
    public string TableName { get; init; }

    /// <summary>Its table, if the catalog has it.</summary>
    public ColumnIndex? Table { get; init; }

    /// <summary>Its id, or the empty GUID.</summary>
    public Guid Id { get; init; }

    /// <summary>Whether it came with attributes, which a reference does not.</summary>
    public bool HasAttributes { get; init; }

    /// <summary>The attributes that the table has; null when one of them does not fit its column.</summary>
    public ColumnValues? Columns { get; init; }

    /// <summary>
    /// Of a table with a filter: the values of the filter's columns as they came, before anything was masked.
    /// </summary>
    public ColumnValues? FilterColumns { get; init; }

    /// <summary>The attribute <c>modifiedon</c> in whole seconds, if there is a usable one.</summary>
    public DateTime? ModifiedOn { get; init; }

    /// <summary>Whether the attributes of an activity say something of its parties.</summary>
    public bool TouchesParties { get; init; }

    /// <summary>The columns whose text is UTF-8 that was read as Windows-1252; null when there is none.</summary>
    public IReadOnlyList<string>? Mojibake { get; init; }

    /// <summary>Where in the body it ends.</summary>
    public long Position { get; init; }
}

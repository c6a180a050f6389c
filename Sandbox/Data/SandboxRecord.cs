namespace DataExport.Sandbox;

/// <summary>One record as it stood when it was read: later changes do not show in it.</summary>
public readonly struct SandboxRecord
{
    /// <summary>The record's id.</summary>
    public Guid Id { get; internal init; }

    /// <summary>The record's <c>versionnumber</c>.</summary>
    public long Version { get; internal init; }

    /// <summary>When it was created, UTC, whole seconds.</summary>
    public DateTime CreatedOn { get; internal init; }

    /// <summary>When it was last changed with an event, UTC, whole seconds.</summary>
    public DateTime ModifiedOn { get; internal init; }

    /// <summary>Whether the record exists; <see langword="false"/> once it was deleted.</summary>
    public bool IsAlive { get; internal init; }

    /// <summary>The record's place in its table.</summary>
    internal uint Number { get; init; }

    /// <summary>How often which column was changed, as <see cref="ColumnRevisions"/> encodes it.</summary>
    internal ushort[]? Revisions { get; init; }

    /// <summary>The values that it came with; <see langword="null"/> when all of them are drawn.</summary>
    internal StoredRow? Stored { get; init; }
}

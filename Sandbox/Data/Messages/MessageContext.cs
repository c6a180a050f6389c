namespace DataExport.Sandbox;

/// <summary>The messages that the sandbox posts.</summary>
internal enum MessageKind
{
    Create,
    Update,
    Delete,
    Restore,
    Associate,
    Disassociate,
}

/// <summary>All that one post tells.</summary>
internal readonly ref struct MessageContext
{
    public required SandboxTable Table { get; init; }

    public required MessageShape Shape { get; init; }

    public required MessageKind Kind { get; init; }

    /// <summary>The record after the change.</summary>
    public required SandboxRecord Record { get; init; }

    /// <summary>The columns that an update sent.</summary>
    public ReadOnlySpan<int> Sent { get; init; }

    /// <summary>The parties of an activity; <see langword="null"/> when no list of them was sent.</summary>
    public SandboxRecord[]? Parties { get; init; }

    /// <summary>What was joined or parted.</summary>
    public Association? Association { get; init; }

    /// <summary>When it happened, in ticks of whole seconds.</summary>
    public required long OccurredTicks { get; init; }

    /// <summary>Decides the ids of the operation and whether the target has a row version.</summary>
    public required ulong Hash { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The step that posts; <see langword="null"/> for queues that get everything.</summary>
    public StepRoute? Step { get; init; }

    /// <summary>Whether the message names the record as its own. Of those about pairs, half do.</summary>
    public bool NamesRecord => Association is null || (Hash & 32) == 0;

    public Guid OperationId => DrawnId.Of(Hash);

    public Guid CorrelationId => DrawnId.Of(Hash + 1);

    public Guid RequestId => DrawnId.Of(Hash + 2);
}

namespace DataExport;

/// <summary>How an apply ended. Values cross the wire: never renumber.</summary>
public enum ApplyStatus
{
    /// <summary>The change is committed in the target.</summary>
    Applied = 0,

    /// <summary>Not newer than what the target holds: nothing was written.</summary>
    Superseded = 1,

    /// <summary>The target will never take this change. It stands in the failure log.</summary>
    Rejected = 2,

    /// <summary>The target could not be reached: the same change may succeed later.</summary>
    Unavailable = 3,

    /// <summary>Not provably newer: a question to the source is committed in the target.</summary>
    Uncertain = 4,
}

/// <summary>
/// How the target answered a change. Two answers are equal if they say the same of it, whenever it was written.
/// </summary>
[GenerateSerializer, Immutable, Alias("DataExport.ApplyResult")]
public sealed record ApplyResult
{
    private ApplyResult(
        ApplyStatus status, UncertainReason question = default, string? reason = null, DateTime? stamp = null) =>
        (Status, Question, Reason, Stamp) = (status, question, reason, stamp);

    /// <summary>The change is committed in the target.</summary>
    public static ApplyResult Applied { get; } = new(ApplyStatus.Applied);

    /// <summary>The target already holds this change or a newer one: nothing was written.</summary>
    public static ApplyResult Superseded { get; } = new(ApplyStatus.Superseded);

    /// <summary>How the apply ended.</summary>
    [Id(0)]
    public ApplyStatus Status { get; }

    /// <summary>The question, when <see cref="Status"/> is <see cref="ApplyStatus.Uncertain"/>.</summary>
    [Id(1)]
    public UncertainReason Question { get; }

    /// <summary>Why it was rejected or is unavailable. Holds no value of the record.</summary>
    [Id(2)]
    public string? Reason { get; }

    /// <summary>
    /// The stamp that the record's row or tombstone bears now, by the target's clock, UTC; only of an applied change,
    /// and not of every one.
    /// </summary>
    [Id(3)]
    public DateTime? Stamp { get; }

    /// <summary>The change is committed in the target, and the record bears this stamp.</summary>
    public static ApplyResult AppliedAt(DateTime stamp) => new(ApplyStatus.Applied, stamp: stamp);

    /// <summary>The target will never take this change, however often it is tried.</summary>
    public static ApplyResult Rejected(string reason) => new(ApplyStatus.Rejected, default, reason);

    /// <summary>The target could not be reached or was busy: the same change may succeed later.</summary>
    public static ApplyResult Unavailable(string reason) => new(ApplyStatus.Unavailable, default, reason);

    /// <summary>A question to the source is committed in the target.</summary>
    public static ApplyResult Uncertain(UncertainReason question) => Questions.All[(int)question];

    /// <inheritdoc/>
    public bool Equals(ApplyResult? other) => other is not null
        && (Status, Question, Reason) == (other.Status, other.Question, other.Reason);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Status, Question, Reason);

    /// <summary>One result a question, made once: they are answered by the thousand.</summary>
    private static class Questions
    {
        public static readonly ApplyResult[] All =
            [.. Enum.GetValues<UncertainReason>().Select(question => new ApplyResult(ApplyStatus.Uncertain, question))];
    }
}

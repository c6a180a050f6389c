namespace DataExport.Grains.Fence;

/// <summary>What the target does with evidence.</summary>
public enum VerdictKind
{
    /// <summary>Write all columns; the row is confirmed.</summary>
    WriteConfirmed = 0,

    /// <summary>Insert or update the sent columns; the row is provisional.</summary>
    WriteProvisional = 1,

    /// <summary>Delete the row, if there is one, and write a delete log entry, or stamp the tombstone anew.</summary>
    Delete = 2,

    /// <summary>Nothing to do, and fine.</summary>
    Superseded = 3,

    /// <summary>Put a question into <c>Pending</c>.</summary>
    Ask = 4,
}

/// <summary>What the target does with evidence, and why it asks if it asks.</summary>
public readonly record struct Verdict(VerdictKind Kind, UncertainReason Reason = UncertainReason.None)
{
    public static Verdict WriteConfirmed => new(VerdictKind.WriteConfirmed);

    public static Verdict WriteProvisional => new(VerdictKind.WriteProvisional);

    public static Verdict Delete => new(VerdictKind.Delete);

    public static Verdict Superseded => new(VerdictKind.Superseded);

    public static Verdict Ask(UncertainReason reason) => new(VerdictKind.Ask, reason);
}

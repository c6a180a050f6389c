namespace DataExport.Silo.Pulling;

/// <summary>Decides how a message is settled. Pure: no clock, no I/O, no state.</summary>
internal static class SettlementPolicy
{
    /// <summary>The settlement that one change's answer asks for.</summary>
    public static Settlement Decide(ApplyStatus status) => status switch
    {
        ApplyStatus.Applied => Settlement.Complete,
        ApplyStatus.Superseded => Settlement.Complete,

        // The question stands in the target and survives any crash: the message has done its work.
        ApplyStatus.Uncertain => Settlement.Complete,

        // The record stands in the failure log, where people look for it. The bus would only repeat it.
        ApplyStatus.Rejected => Settlement.Complete,
        ApplyStatus.Unavailable => Settlement.Abandon,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Status has no settlement."),
    };

    /// <summary>The settlement of a message of several changes: it comes again unless all are answered.</summary>
    public static Settlement Decide(ReadOnlySpan<ApplyResult> results)
    {
        foreach (var result in results)
        {
            if (Decide(result.Status) is { Action: not SettlementAction.Complete } settlement)
            {
                return settlement;
            }
        }

        return Settlement.Complete;
    }
}

/// <summary>What is done with a message.</summary>
internal enum SettlementAction
{
    Complete = 0,
    Abandon = 1,
    DeadLetter = 2,
}

/// <summary>Why a message is dead-lettered. Operators and alerts read these names: never rename.</summary>
internal enum DeadLetterReason
{
    None = 0,

    /// <summary>No decoder understands the body.</summary>
    Undecodable = 1,

    /// <summary>The message is of an organization that the queue's profile does not replicate.</summary>
    UnknownOrganization = 2,
}

/// <summary>How a message is settled, and why if it is set aside.</summary>
internal readonly record struct Settlement(SettlementAction Action, DeadLetterReason Reason, string? Description)
{
    public static Settlement Complete => new(SettlementAction.Complete, DeadLetterReason.None, null);

    public static Settlement Abandon => new(SettlementAction.Abandon, DeadLetterReason.None, null);

    public static Settlement DeadLetter(DeadLetterReason reason, string description) =>
        new(SettlementAction.DeadLetter, reason, description);
}

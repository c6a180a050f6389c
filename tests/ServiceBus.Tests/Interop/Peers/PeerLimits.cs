namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>
/// What a broker does otherwise than the suites expect, each with the reason; null is as expected. The one place that
/// says so: a suite asks here and then asserts what the broker does in place of it, so that a limit that no longer
/// holds is noticed.
/// </summary>
internal sealed record PeerLimits
{
    /// <summary>A password that is wrong is taken.</summary>
    public string? TakesAnyPassword { get; init; }

    /// <summary>A receiver that asks for rcv-settle-mode second, as Service Bus wants it, is refused.</summary>
    public string? KnowsNoSecondSettleMode { get; init; }

    /// <summary>A node that cannot be is refused with another condition than not-found, and the session ends.</summary>
    public string? RefusesNodesAsInvalid { get; init; }

    /// <summary>A drain that finds credit to take back ends the session.</summary>
    public string? EndsWhenDrained { get; init; }

    /// <summary>The outcome modified ends the session.</summary>
    public string? KnowsNoModified { get; init; }

    /// <summary>What a link leaves unsettled stays held until its session ends.</summary>
    public string? HoldsUnsettledPastDetach { get; init; }

    /// <summary>Names of values that it cannot read: it cuts the connection, some seconds later.</summary>
    public IReadOnlyList<string> UnreadTypes { get; init; } = [];

    /// <summary>Names of values that it cannot read where they are the body.</summary>
    public IReadOnlyList<string> UnreadBodies { get; init; } = [];

    /// <summary>
    /// Credit that is added while messages are under way is overrun: more of them come than were allowed.
    /// </summary>
    public string? OverrunsCreditUnderWay { get; init; }
}

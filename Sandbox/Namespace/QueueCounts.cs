namespace DataExport.Sandbox;

/// <summary>How many messages a queue holds.</summary>
/// <param name="Active">Ready to be handed out.</param>
/// <param name="Locked">Handed out and not settled.</param>
/// <param name="DeadLettered">In the dead-letter queue, locked or not.</param>
/// <param name="Deferred">Put aside by receivers, and not locked.</param>
/// <param name="Scheduled">Not enqueued yet.</param>
public readonly record struct QueueCounts(
    int Active, int Locked, int DeadLettered, int Deferred = 0, int Scheduled = 0);

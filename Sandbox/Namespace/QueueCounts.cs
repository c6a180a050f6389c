namespace DataExport.Sandbox;

/// <summary>How many messages a queue holds.</summary>
/// <param name="Active">Ready to be handed out.</param>
/// <param name="Locked">Handed out and not settled.</param>
/// <param name="DeadLettered">In the dead-letter queue, locked or not.</param>
public readonly record struct QueueCounts(int Active, int Locked, int DeadLettered);

namespace DataExport.Sandbox;

/// <summary>
/// A message for <see cref="ServiceBusNamespace.Enqueue"/>. It is copied: the caller keeps its memory.
/// </summary>
/// <param name="Body">The body, one data section.</param>
/// <param name="ContentType">Such as <c>application/json</c>, or null.</param>
/// <param name="ApplicationProperties">Values: string, bool, numbers, Guid, times, or bytes. May be null.</param>
/// <param name="MessageId">Left out, one is made from the sequence number.</param>
public readonly record struct SandboxMessage(
    ReadOnlyMemory<byte> Body,
    string? ContentType = null,
    IReadOnlyList<KeyValuePair<string, object?>>? ApplicationProperties = null,
    string? MessageId = null)
{
    /// <summary>The session it belongs to. A queue that requires sessions takes none without.</summary>
    public string? SessionId { get; init; }

    /// <summary>How long it lives from the moment it is enqueued, up to 49 days; null for ever.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>When it is to be enqueued; null, or a time that has passed, for at once.</summary>
    public DateTimeOffset? ScheduledEnqueueTime { get; init; }
}

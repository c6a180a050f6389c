namespace DataExport.Sandbox;

/// <summary>A message of a dead-letter queue.</summary>
public sealed record DeadLetter(
    string MessageId,
    long SequenceNumber,
    string? Reason,
    string? Description,
    string? ContentType,
    ReadOnlyMemory<byte> Body);

namespace DataExport.Sandbox;

/// <summary>Which messages are peeked.</summary>
/// <param name="FromSequenceNumber">The first number that is wanted.</param>
/// <param name="MessagesMax">How many.</param>
/// <param name="SessionId">Of one session, or null for all.</param>
/// <param name="OmitsBody">Only what stands before the body.</param>
internal readonly record struct PeekQuery(
    long FromSequenceNumber, int MessagesMax, string? SessionId, bool OmitsBody);

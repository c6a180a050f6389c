namespace DataExport.Sandbox;

/// <summary>A deferred message as it goes out.</summary>
/// <param name="Encoded">All of it.</param>
/// <param name="LockToken">Empty for one that is gone with that.</param>
internal readonly record struct DeferredMessage(byte[] Encoded, Guid LockToken);

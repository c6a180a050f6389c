namespace DataExport.Sandbox;

/// <summary>Where a message of a queue is.</summary>
internal enum MessageState : byte
{
    /// <summary>Waits to be handed out.</summary>
    Ready = 0,

    /// <summary>Handed out and not settled.</summary>
    Locked = 1,

    /// <summary>Put aside by a receiver: only its sequence number gets it.</summary>
    Deferred = 2,

    /// <summary>Its time has not come.</summary>
    Scheduled = 3,

    /// <summary>In the queue no more. Never left again.</summary>
    Gone = 4,
}

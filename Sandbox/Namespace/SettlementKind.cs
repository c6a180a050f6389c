namespace DataExport.Sandbox;

/// <summary>The five ways in which a delivery ends.</summary>
internal enum SettlementKind
{
    /// <summary>Done: the message is gone.</summary>
    Complete = 0,

    /// <summary>Failed: it comes again, or is dead-lettered when it failed too often.</summary>
    Abandon = 1,

    /// <summary>Put aside until its sequence number is asked for.</summary>
    Defer = 2,

    /// <summary>Moved to the dead-letter queue.</summary>
    DeadLetter = 3,

    /// <summary>Handed back as if it had never been handed out.</summary>
    Release = 4,
}

namespace DataExport.Sandbox;

/// <summary>First byte of a message's record. The numbers stand on disk: never renumber.</summary>
[Flags]
internal enum LogPutFlags
{
    None = 0,

    /// <summary>Put aside by a receiver.</summary>
    Deferred = 1,

    /// <summary>Its time had not come.</summary>
    Scheduled = 2,

    /// <summary>In the dead-letter queue.</summary>
    Dead = 4,

    /// <summary>What few messages have follows.</summary>
    Extras = 8,
}

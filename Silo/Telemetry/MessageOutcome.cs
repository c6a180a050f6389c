namespace DataExport.Silo.Telemetry;

/// <summary>How a message left the silo.</summary>
internal enum MessageOutcome
{
    /// <summary>Completed: its effect is durable.</summary>
    Completed = 0,

    /// <summary>Given back: it comes again.</summary>
    Abandoned = 1,

    /// <summary>Set aside with a reason.</summary>
    DeadLettered = 2,

    /// <summary>Its lock or its connection was lost before it was settled: it comes again.</summary>
    Lost = 3,
}

namespace DataExport.Sandbox;

/// <summary>What a record of a queue's log says. The numbers stand on disk: never renumber.</summary>
internal enum LogRecordKind : byte
{
    /// <summary>Begins a file: the format's version and the highest sequence number so far.</summary>
    Head = 1,

    /// <summary>A message with all that is known of it; replaces what was said of its number before.</summary>
    Put = 2,

    /// <summary>A message is gone.</summary>
    Remove = 3,

    /// <summary>A delivery has failed: the message's delivery count.</summary>
    Count = 4,

    /// <summary>A session's state, or that it has none.</summary>
    SessionState = 5,
}

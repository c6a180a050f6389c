namespace DataExport;

/// <summary>What a table's synchronisation is at. Stored and sent: never renumber.</summary>
public enum TableSyncPhase
{
    /// <summary>Not begun.</summary>
    NotStarted = 0,

    /// <summary>An id-only tracked walk is followed to its end for the first delta token.</summary>
    Token = 1,

    /// <summary>All columns of all rows are read and loaded.</summary>
    Load = 2,

    /// <summary>Everything after: changes since the token.</summary>
    Delta = 3,

    /// <summary>Stopped by an error that only a person can end.</summary>
    Faulted = 4,
}

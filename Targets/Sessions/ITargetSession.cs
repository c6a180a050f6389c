namespace DataExport.Targets.Sessions;

/// <summary>A connection to a server, with the transaction on it. Not for several threads at once.</summary>
internal interface ITargetSession : IAsyncDisposable
{
    /// <summary>Whether it cannot be used any more.</summary>
    bool IsBroken { get; }

    /// <summary>Ends a transaction that failed, if there is one.</summary>
    Task RollbackAsync();
}

namespace DataExport.Grains.Ports;

/// <summary>What may be asked of one environment, shared by all that ask it. Thread-safe.</summary>
public interface ISourceBudget
{
    /// <summary>Waits until one more request may be sent.</summary>
    /// <returns>The lease, to be given back when the answer is read.</returns>
    /// <exception cref="SourceException">
    /// <see cref="SourceFault.Throttled"/>: the environment asked to be left alone for longer than is worth waiting.
    /// </exception>
    ValueTask<long> TakeAsync(SourceWork work, CancellationToken cancellationToken);

    /// <summary>Tells that the answer is read, and what it cost. Never fails.</summary>
    ValueTask GiveBackAsync(long lease, SourceUse use);
}

/// <summary>The budgets of environments.</summary>
public interface ISourceBudgets
{
    /// <summary>The budget of an environment, by its host.</summary>
    ISourceBudget For(string host);
}

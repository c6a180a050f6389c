using DataExport.Grains.Ports;

namespace DataExport.Tests;

/// <summary>Budgets without a limit, which keep what they are told.</summary>
internal sealed class OpenBudgets : ISourceBudgets, ISourceBudget
{
    public List<SourceWork> Taken { get; } = [];

    public List<SourceUse> Uses { get; } = [];

    public string Host { get; private set; } = "";

    public ISourceBudget For(string host)
    {
        Host = host;
        return this;
    }

    public ValueTask<long> TakeAsync(SourceWork work, CancellationToken cancellationToken)
    {
        lock (Taken)
        {
            Taken.Add(work);
            return new(Taken.Count);
        }
    }

    public ValueTask GiveBackAsync(long lease, SourceUse use)
    {
        lock (Taken)
        {
            Uses.Add(use);
            return default;
        }
    }
}

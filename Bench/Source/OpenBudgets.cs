using DataExport.Grains.Ports;

namespace DataExport.Bench.Source;

/// <summary>Budgets without a limit: a bench measures what is behind them.</summary>
internal sealed class OpenBudgets : ISourceBudgets, ISourceBudget
{
    public ISourceBudget For(string host) => this;

    public ValueTask<long> TakeAsync(SourceWork work, CancellationToken cancellationToken) => new(1);

    public ValueTask GiveBackAsync(long lease, SourceUse use) => default;
}

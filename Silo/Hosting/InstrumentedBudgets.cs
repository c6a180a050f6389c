using DataExport.Grains.Budget;
using DataExport.Grains.Ports;
using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Hosting;

/// <summary>Budgets whose granted requests are counted.</summary>
internal sealed class InstrumentedBudgets(ISourceBudgets budgets, BudgetInstruments instruments) : ISourceBudgets
{
    public ISourceBudget For(string host)
    {
        var key = GrainSourceBudgets.KeyOf(host);
        instruments.Begin(key);
        return new Budget(budgets.For(host), key, instruments);
    }

    private sealed class Budget(ISourceBudget budget, string host, BudgetInstruments instruments) : ISourceBudget
    {
        public async ValueTask<long> TakeAsync(SourceWork work, CancellationToken cancellationToken)
        {
            var lease = await budget.TakeAsync(work, cancellationToken);
            instruments.Granted(host, work);
            return lease;
        }

        public ValueTask GiveBackAsync(long lease, SourceUse use) => budget.GiveBackAsync(lease, use);
    }
}

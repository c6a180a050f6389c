using DataExport.Grains.Budget;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// Asks the grains that hold the budgets how much is used. Only when somebody wants to see it: what is told would be
/// old between two scrapes, since a window slides by itself.
/// </summary>
internal sealed class BudgetReading(
    PathInstruments instruments, IGrainFactory grains, IOptions<SourceBudgetOptions> limits, TimeProvider clock)
{
    /// <summary>A scraper waits ten seconds by default, and the other metrics are worth more than these.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Tells the instruments. What cannot be asked now is not shown.</summary>
    public Task ReadAsync() => Task.WhenAll(instruments.Budgets.Hosts.Select(ReadAsync));

    private async Task ReadAsync(string host) => instruments.Budgets.Tell(host, await AskAsync(host), limits.Value);

    private async Task<BudgetReport?> AskAsync(string host)
    {
        try
        {
            return await grains.GetGrain<ISourceBudgetGrain>(host).GetReportAsync().WaitAsync(s_patience, clock);
        }
        catch (Exception)
        {
            // Whatever hinders the grain must not hide all other metrics; it shows itself where requests are sent.
            return null;
        }
    }
}

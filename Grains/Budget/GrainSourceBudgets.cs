using DataExport.Grains.Ports;

namespace DataExport.Grains.Budget;

/// <summary>Budgets that a grain holds for each environment, so that all silos share them.</summary>
internal sealed class GrainSourceBudgets(IGrainFactory grains, TimeProvider clock) : ISourceBudgets
{
    /// <inheritdoc/>
    public ISourceBudget For(string host) =>
        new Budget(grains.GetGrain<ISourceBudgetGrain>(KeyOf(host)), clock);

    /// <summary>The key of an environment's budget grain.</summary>
    public static string KeyOf(string host) => host.ToLowerInvariant();

    private sealed class Budget(ISourceBudgetGrain grain, TimeProvider clock) : ISourceBudget
    {
        public async ValueTask<long> TakeAsync(SourceWork work, CancellationToken cancellationToken)
        {
            while (true)
            {
                var answer = await grain.TakeAsync(work);
                if (answer.Lease > 0)
                {
                    return answer.Lease;
                }

                if (answer.IsQuiet)
                {
                    // Told and not waited out: whoever asks shows why it stands still, and comes back in time.
                    throw new SourceException(
                        SourceFault.Throttled, "The environment asked for fewer requests.", answer.AskAgainAfter);
                }

                await Task.Delay(answer.AskAgainAfter, clock, cancellationToken);
            }
        }

        public async ValueTask GiveBackAsync(long lease, SourceUse use)
        {
            try
            {
                await grain.GiveBackAsync(lease, use);
            }
            catch (Exception)
            {
                // The silo of the grain is gone, and its count with it: the next answer's headers tell what is left.
            }
        }
    }
}

using DataExport.Grains.Profiles;
using Microsoft.Extensions.Options;

namespace DataExport.Grains.Budget;

/// <summary>What outlives the grain: only that the environment asked to be left alone.</summary>
[GenerateSerializer, Alias("DataExport.SourceBudgetState")]
public sealed class SourceBudgetState
{
    /// <summary>Until when nothing may be sent, UTC.</summary>
    [Id(0)]
    public DateTime? QuietUntil { get; set; }
}

/// <summary>Holds the ledger of one environment.</summary>
/// <remarks>
/// The counts die with it. The environment remembers them and says so with its first answer; only the wish to be left
/// alone, which a restarted silo would break with its first request, is stored.
/// </remarks>
internal sealed class SourceBudgetGrain(
    [PersistentState("budget", ProfileNames.Storage)] IPersistentState<SourceBudgetState> state,
    IOptions<SourceBudgetOptions> options,
    TimeProvider clock) : Grain, ISourceBudgetGrain
{
    // The counts are worth keeping for as long as a window lasts.
    private readonly TimeSpan _stay = 2 * options.Value.Window;
    private readonly BudgetLedger _ledger = new(options.Value);
    private readonly long _began = clock.GetTimestamp();

    private TimeSpan Now => clock.GetElapsedTime(_began);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (state.State.QuietUntil is { } until)
        {
            _ledger.KeepQuiet(until - clock.GetUtcNow().UtcDateTime, Now);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<BudgetAnswer> TakeAsync(SourceWork work) => Task.FromResult(_ledger.Take(work, Now));

    /// <inheritdoc/>
    public Task GiveBackAsync(long lease, SourceUse use)
    {
        DelayDeactivation(_stay);
        var before = _ledger.QuietUntil;
        _ledger.GiveBack(lease, use, Now);
        if (_ledger.QuietUntil == before)
        {
            return Task.CompletedTask;
        }

        state.State.QuietUntil = clock.GetUtcNow().UtcDateTime + (_ledger.QuietUntil - Now);
        return state.WriteStateAsync();
    }

    /// <inheritdoc/>
    public Task<BudgetReport> GetReportAsync() => Task.FromResult(_ledger.Report(Now));
}

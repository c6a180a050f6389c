using DataExport.Targets.Control;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Control;

/// <summary>
/// Reports to the control database: every profile on a schedule, and one that was created, entered another status or
/// was deleted at once. Replication neither waits for it nor ends with it.
/// </summary>
internal sealed partial class ControlReporter(
    ControlRound round,
    ProfileChanges changes,
    IOptions<ControlDatabaseOptions> database,
    IOptions<ControlReportOptions> options,
    TimeProvider clock,
    ILogger<ControlReporter> logger) : BackgroundService
{
    private static readonly TimeSpan s_endTimeout = TimeSpan.FromSeconds(3);

    // What was told and is not written yet.
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private bool _isAway;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Value.IsOff)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            _told.UnionWith(changes.Take());
            await TryAsync(token => round.RunAsync(_told, token), stoppingToken);
            await ReportChangesAsync(stoppingToken);
        }

        if (!_isAway)
        {
            // Not cancelled by the stop, or what was done since the last round would be counted nowhere; but not for
            // long, since the grains' stop comes after this one.
            using var limit = new CancellationTokenSource(s_endTimeout, clock);
            await TryAsync(round.EndAsync, limit.Token);
        }
    }

    /// <summary>Reports what changes until the next round is due.</summary>
    private async Task ReportChangesAsync(CancellationToken stopping)
    {
        var began = clock.GetTimestamp();
        while (options.Value.Interval - clock.GetElapsedTime(began) is { Ticks: > 0 } rest
            && await IsToldAsync(rest, stopping))
        {
            _told.UnionWith(changes.Take());
            if (!_isAway)
            {
                await TryAsync(token => round.ReportAsync(_told, token), stopping);
            }
        }
    }

    private async Task<bool> IsToldAsync(TimeSpan patience, CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var told = changes.WaitAsync(either.Token);
        await told.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return told.IsCompletedSuccessfully;
    }

    private async Task TryAsync(Func<CancellationToken, Task> write, CancellationToken stopping)
    {
        try
        {
            await write(stopping);
            _told.Clear();
            if (_isAway)
            {
                _isAway = false;
                LogBack();
            }
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // Whatever it is, people wait for figures and nobody else does: the next round tries again.
            if (!_isAway)
            {
                _isAway = true;
                LogAway(exception, options.Value.Interval);
            }
        }
        catch (Exception exception)
        {
            LogStopped(exception);
        }
    }
}

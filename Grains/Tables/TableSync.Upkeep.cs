using DataExport.Grains.Ports;

namespace DataExport.Grains.Tables;

// What is done now and then, beside the deltas.
internal sealed partial class TableSync
{
    /// <summary>How many deletions one transaction takes away: merges get in between.</summary>
    private const int DeletionsMax = 2_000;

    private static readonly TimeSpan s_expiryInterval = TimeSpan.FromDays(1);

    private DateTime _expireOn;

    /// <summary>Whether the profile wants all rows to be compared cell by cell by now.</summary>
    public async ValueTask<bool> IsRefreshDueAsync(CancellationToken cancellationToken) =>
        runtime.Profile.RefreshComputedEvery is { } interval
        && table.Columns.Any(static column => column.IsComputed)
        && await NowAsync(cancellationToken) - interval >= (State.RefreshedOn ?? State.BeganOn ?? DateTime.MinValue);

    /// <summary>Has all rows compared, and repaired, instead of a delta or beside it.</summary>
    /// <param name="compare">Compares; with the cells or without.</param>
    /// <param name="withCells">Whether the cells are compared, too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task CompareAsync(
        Func<Task<TableReconcileReport>> compare, bool withCells, CancellationToken cancellationToken)
    {
        var began = await NowAsync(cancellationToken);
        var report = await compare();
        if (report.Phase is not ReconcilePhase.Done)
        {
            throw new ProfileException(
                $"Its rows could not be compared with the source's, it will be tried again. {report.Message}");
        }

        RowsWritten += report.Repaired;
        await runtime.Target.SettleSetsAskedBeforeAsync(table.Name, began, cancellationToken);
        var now = await NowAsync(cancellationToken);
        await SaveAsync(State with
        {
            LastDeltaOn = now,
            RefreshedOn = withCells ? now : State.RefreshedOn,
            Message = report.Message,
        });
    }

    /// <summary>
    /// Once a day takes deletions away that nothing can come before any more, unless readers want the delete log.
    /// </summary>
    /// <param name="kept">How long they stay.</param>
    /// <param name="cancellationToken">Cancels between two transactions.</param>
    public async Task ExpireDeletionsAsync(TimeSpan kept, CancellationToken cancellationToken)
    {
        var now = await NowAsync(cancellationToken);
        if (runtime.Profile.WriteDeleteLog || now < _expireOn)
        {
            return;
        }

        while (await runtime.Target.ExpireDeletionsAsync(table.Name, now - kept, DeletionsMax, cancellationToken)
            == DeletionsMax)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        _expireOn = now + s_expiryInterval;
    }
}

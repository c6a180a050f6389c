using DataExport.Grains.Ports;

namespace DataExport.Grains.Reconciling;

/// <summary>Compares one table with the source, and repairs it if that was asked for.</summary>
/// <remarks>
/// What seems to differ after the walk may only be on its way. So the table's delta is brought forward, which brings
/// everything that had changed by then; what still differs and has not changed since it was walked is a drift. Where
/// there is no delta, what is on its way counts as a drift too: repairing it brings it sooner.
/// </remarks>
internal sealed class TableReconcile(ReconcileContext context, TableDefinition table)
{
    private readonly ITarget _target = context.Runtime.Target;
    private readonly DriftRepair _repair = new(context, table);

    /// <summary>What has been found so far.</summary>
    public TableReconcileReport Report { get; private set; } = new() { Table = table.Name };

    /// <summary>Runs to the end. Trouble with a table stands in its report, and is no reason to stop others.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Report = Report with { StartedOn = Now };
        try
        {
            Report = await CompareAsync(cancellationToken)
                ? Report with { Phase = ReconcilePhase.Done }
                : Report with { Phase = ReconcilePhase.Skipped };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Report = Report with { Phase = ReconcilePhase.Stopped };
            throw;
        }
        catch (ObjectDisposedException)
        {
            Fail("The profile was stopped, or its tables were changed, meanwhile. Reconcile again.");
        }
        catch (SourceException exception) when (exception.IsLackOfRight)
        {
            Fail($"{exception.Message} Give the application user organization-level read on the table.");
        }
        catch (Exception exception)
        {
            // Whatever it was: the other tables have nothing to do with it, and the next run begins anew.
            Fail(exception.Message);
        }
        finally
        {
            Report = Report with { EndedOn = Now };
        }
    }

    private DateTime Now => context.Clock.GetUtcNow().UtcDateTime;

    private void Fail(string message) => Report = Report with { Phase = ReconcilePhase.Failed, Message = message };

    private async Task<bool> CompareAsync(CancellationToken cancellationToken)
    {
        if (await ReadPhaseAsync(cancellationToken) is var phase and not TableSyncPhase.Delta)
        {
            Report = Report with
            {
                Message = $"Its initial sync is under way ({phase}). Reconcile when it is at its deltas.",
            };
            return false;
        }

        Report = Report with
        {
            Phase = ReconcilePhase.Walking,
            RowsInTarget = await context.AskAsync(
                () => _target.CountRowsAsync(table.Name, cancellationToken), cancellationToken),
        };
        var parent = context.Limits.Options.SpillDirectory ?? Path.GetTempPath();
        var directory = Directory.CreateDirectory(Path.Combine(parent, Path.GetRandomFileName())).FullName;
        try
        {
            using var walk = new TableWalk(context, table, directory);
            await CompareAsync(walk, cancellationToken);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        return true;
    }

    private async Task CompareAsync(TableWalk walk, CancellationToken cancellationToken)
    {
        var began = await _target.GetUtcNowAsync(cancellationToken);
        await walk.WalkSourceAsync(
            () => Report = Report with { RowsAtSource = walk.Rows, SourceRequests = walk.Requests }, cancellationToken);
        Report = Report with { Phase = ReconcilePhase.SearchingExtra };
        Report = Report with { RowsAtSource = await walk.SearchExtraAsync(cancellationToken) };
        Report = Report with { Phase = ReconcilePhase.Proving };
        if (walk.Suspects.Count > 0)
        {
            if (!context.IsOwnLoop && !table.IsUntracked)
            {
                await CatchUpAsync(cancellationToken);
            }

            await ProveAsync(walk.Suspects, began, cancellationToken);
        }

        if (context.Request.Repair)
        {
            Report = await _repair.DeleteAsync(Report, cancellationToken);
        }
    }

    /// <summary>Brings the table's own delta forward.</summary>
    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(context.Limits.Options.DeltaTimeout, context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await context.Grains.GetGrain<ITableSyncGrain>($"{context.Runtime.Profile.Id}/{table.Name}")
                .DeltaNowAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProfileException(
                $"The table's delta did not end within {context.Limits.Options.DeltaTimeout}, so that what is on its "
                + "way cannot be told from what is lost. Reconcile again when less changes, or raise "
                + "DataExport:Reconcile:DeltaTimeout.");
        }

        if (await ReadPhaseAsync(cancellationToken) is not TableSyncPhase.Delta)
        {
            throw new ProfileException(
                "The table began to be read anew meanwhile, which repairs it. Reconcile again when that has ended.");
        }
    }

    private async Task ProveAsync(Suspects suspects, DateTime began, CancellationToken cancellationToken)
    {
        var proof = new DriftProof(context, table, began);
        var isExtraShown = true;
        foreach (var group in suspects.Groups(context.Limits.Options.FetchRecordsMax))
        {
            if (!isExtraShown && Array.TrueForAll(group, static suspect => suspect.IsExtra))
            {
                // Rows that the caller may not read would be asked for in vain, and there may be millions of them.
                Report = Report with { Undecided = Report.Undecided + group.Length };
                continue;
            }

            var proven = await proof.RunAsync(group, cancellationToken);
            isExtraShown &= proven.Undecided == 0;
            Report = Noted(Report, proven);
            if (context.Request.Repair)
            {
                Report = await _repair.RunAsync(Report, proven.Drifts, cancellationToken);
            }
        }
    }

    private TableReconcileReport Noted(TableReconcileReport report, ProvenGroup proven)
    {
        var named = context.Limits.Options.DriftsShownMax - report.Drifts.Length;
        long Of(DriftKind kind) => proven.Drifts.Count(each => each.Drift.Kind == kind);
        return report with
        {
            Missing = report.Missing + Of(DriftKind.Missing),
            Extra = report.Extra + Of(DriftKind.Extra),
            Stale = report.Stale + Of(DriftKind.Stale),
            Ahead = report.Ahead + Of(DriftKind.Ahead),
            Altered = report.Altered + Of(DriftKind.Altered),
            Undecided = report.Undecided + proven.Undecided,
            SourceRequests = report.SourceRequests + proven.Requests,
            Drifts = [.. report.Drifts, .. proven.Drifts.Take(named).Select(static each => each.Drift)],
            Message = proven.Message ?? report.Message,
        };
    }

    private async Task<TableSyncPhase?> ReadPhaseAsync(CancellationToken cancellationToken)
    {
        var states = await context.AskAsync(
            () => _target.ReadSyncStatesAsync(cancellationToken), cancellationToken);
        return states.FirstOrDefault(state => state.Table == table.Name)?.Phase;
    }
}

using DataExport.Grains.Ports;

namespace DataExport.Grains.Reconciling;

/// <summary>
/// Writes what the source answered over what differs, as evidence like any other: the fence holds back what has changed
/// since. Deletions wait until all are known, since so many may not be deleted at all.
/// </summary>
internal sealed class DriftRepair(ReconcileContext context, TableDefinition table)
{
    private readonly List<MergeItem> _deletions = [];

    /// <summary>Repairs rows, or keeps them to be deleted.</summary>
    /// <returns>The report, with what was repaired.</returns>
    public Task<TableReconcileReport> RunAsync(
        TableReconcileReport report, IReadOnlyList<ProvenDrift> drifts, CancellationToken cancellationToken)
    {
        var mayDelete = context.Request.AllowDeletions;
        var items = new List<MergeItem>(drifts.Count);
        foreach (var drift in drifts)
        {
            if (mayDelete || drift.Drift.Kind is not DriftKind.Extra)
            {
                items.Add(drift.Repair);
            }
            else if (_deletions.Count <= context.Limits.DeletionsMax)
            {
                _deletions.Add(drift.Repair);
            }
        }

        return WriteAsync(report, items, cancellationToken);
    }

    /// <summary>Deletes the rows that were kept for it, unless they are too many.</summary>
    /// <returns>The report, with what was deleted, or why it was not.</returns>
    public Task<TableReconcileReport> DeleteAsync(TableReconcileReport report, CancellationToken cancellationToken) =>
        _deletions.Count <= context.Limits.DeletionsMax
            ? WriteAsync(report, _deletions, cancellationToken)
            : Task.FromResult(report with
            {
                Message = $"Table '{table.Name}': {report.Extra} rows are extra, more than "
                    + $"DataExport:Confirm:UnannouncedDeletionsMax ({context.Limits.DeletionsMax}). They are not "
                    + "deleted. Check the application user's rights and the table's filter; if they are to go, "
                    + "reconcile again and allow deletions.",
            });

    private async Task<TableReconcileReport> WriteAsync(
        TableReconcileReport report, List<MergeItem> items, CancellationToken cancellationToken)
    {
        var (asked, rejected) = (0, 0);
        foreach (var result in await context.Runtime.WriteAndTellAsync(items, cancellationToken))
        {
            asked += result.Status is ApplyStatus.Uncertain ? 1 : 0;
            rejected += result.Status is ApplyStatus.Rejected ? 1 : 0;
        }

        return report with
        {
            Repaired = report.Repaired + items.Count - asked - rejected,
            Asked = report.Asked + asked,
            Rejected = report.Rejected + rejected,
        };
    }
}

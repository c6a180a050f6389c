using DataExport.Grains.Ports;
using DataExport.Grains.Reconciling;

namespace DataExport.Grains.Tables;

/// <summary>
/// Compares all rows of a table with the source's and repairs what differs: for tables without change tracking, and for
/// columns that change without a trace.
/// </summary>
internal sealed class TableComparison(ReconcileLimits limits, TimeProvider clock)
{
    /// <summary>Runs to the end. Trouble stands in the report.</summary>
    /// <param name="runtime">The profile's source and target.</param>
    /// <param name="grains">The other grains.</param>
    /// <param name="table">The table, whose own loop this is called by.</param>
    /// <param name="withCells">Whether cells are compared, too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TableReconcileReport> RunAsync(
        IProfileRuntime runtime,
        IGrainFactory grains,
        TableDefinition table,
        bool withCells,
        CancellationToken cancellationToken)
    {
        var request = new ReconcileRequest { Cells = withCells, Repair = true };
        var reconcile = new TableReconcile(
            new ReconcileContext(runtime, grains, request, limits, clock) { IsOwnLoop = true }, table);
        await reconcile.RunAsync(cancellationToken);
        return reconcile.Report;
    }
}

using DataExport.Targets.Layout;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.SqlServer;

/// <summary>Makes the views of a profile ready, once its tables are.</summary>
internal sealed class SqlServerReports(SqlServerSession session, TargetNames names, SqlServerViews views)
{
    /// <summary>The plans of tables with what would be done for their views. Changes nothing.</summary>
    public async Task<IReadOnlyList<SchemaPlan>> PlanAsync(IReadOnlyList<SchemaPlan> plans)
    {
        var ofTables = TableViews.Of(plans, names);
        var kept = await views.ReadAsync(
            ofTables.SelectMany(static each => each.Views).Select(static view => view.Name)).ConfigureAwait(false);
        return [.. ofTables.Select(each => each.Plan(kept))];
    }

    /// <summary>
    /// Makes the views that are missing or have changed, each in a transaction of its own: the server rolls all of one
    /// back at its first error, and whatever stands in the way of a view, everything else is ready.
    /// </summary>
    /// <param name="plans">The tables, as they are.</param>
    /// <param name="beginAsync">Begins a transaction that nobody else's provisioning gets into.</param>
    /// <param name="noteAsync">Notes a change.</param>
    public async Task<IReadOnlyList<SchemaPlan>> RunAsync(
        IReadOnlyList<SchemaPlan> plans, Func<Task> beginAsync, Func<TargetTable, SchemaChange, Task> noteAsync)
    {
        var done = new List<SchemaPlan>();
        foreach (var plan in await PlanAsync(plans).ConfigureAwait(false))
        {
            var made = plan;
            foreach (var change in plan.Views)
            {
                if (await TryAsync(plan.Table, change).ConfigureAwait(false) is { } fault)
                {
                    made = made.Without(change, fault);
                }
            }

            done.Add(made);
        }

        return done;

        async Task<string?> TryAsync(TargetTable table, SchemaChange change)
        {
            try
            {
                await beginAsync().ConfigureAwait(false);
                await MakeAsync(table, change, noteAsync).ConfigureAwait(false);
                await session.CommitAsync().ConfigureAwait(false);
                return null;
            }
            catch (SqlException exception) when (!session.IsClosed)
            {
                await session.RollbackAsync().ConfigureAwait(false);
                return SqlServerErrors.MeaningOf(exception);
            }
        }
    }

    private async Task MakeAsync(
        TargetTable table, SchemaChange change, Func<TargetTable, SchemaChange, Task> noteAsync)
    {
        // Looked at again behind the lock: another silo may have made it.
        var kept = await views.ReadAsync([change.View!.Name]).ConfigureAwait(false);
        if (change.View.IsNeeded(kept))
        {
            await views.MakeAsync(change.View, kept.Count > 0).ConfigureAwait(false);
            await noteAsync(table, change).ConfigureAwait(false);
        }
    }
}

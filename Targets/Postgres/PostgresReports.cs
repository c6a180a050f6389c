using DataExport.Targets.Layout;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>Makes the views of a profile ready, once its tables are.</summary>
internal sealed class PostgresReports(
    NpgsqlConnection connection, TargetNames names, PostgresViews views, PostgresHistory history)
{
    private const string Savepoint = "report_view";

    /// <summary>The plans of tables with what would be done for their views. Changes nothing.</summary>
    public async Task<IReadOnlyList<SchemaPlan>> PlanAsync(
        IReadOnlyList<SchemaPlan> plans, CancellationToken cancellationToken)
    {
        var ofTables = TableViews.Of(plans, names);
        var kept = await views.ReadAsync(ofTables.SelectMany(static each => each.Views), cancellationToken)
            .ConfigureAwait(false);
        return [.. ofTables.Select(each => each.Plan(kept.Remarks))];
    }

    /// <summary>
    /// Makes the views that are missing or have changed. In a transaction of its own: whatever stands in the way of a
    /// view, the tables are ready.
    /// </summary>
    /// <param name="plans">The tables, as they are.</param>
    /// <param name="beginAsync">Begins a transaction that nobody else's provisioning gets into.</param>
    /// <param name="now">The target's clock.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<SchemaPlan>> RunAsync(
        IReadOnlyList<SchemaPlan> plans,
        Func<CancellationToken, Task> beginAsync,
        DateTime now,
        CancellationToken cancellationToken)
    {
        var planned = await PlanAsync(plans, cancellationToken).ConfigureAwait(false);
        if (planned.All(static plan => plan.Views.Count == 0))
        {
            return planned;
        }

        await beginAsync(cancellationToken).ConfigureAwait(false);
        var done = new List<SchemaPlan>();
        foreach (var plan in await PlanAsync(plans, cancellationToken).ConfigureAwait(false))
        {
            done.Add(await MakeAsync(plan, now, cancellationToken).ConfigureAwait(false));
        }

        await ExecuteAsync("COMMIT", cancellationToken).ConfigureAwait(false);
        return done;
    }

    private async Task<SchemaPlan> MakeAsync(SchemaPlan plan, DateTime now, CancellationToken cancellationToken)
    {
        foreach (var change in plan.Views)
        {
            var fault = await TryAsync(change.View!, replaces: true, cancellationToken).ConfigureAwait(false);
            if (fault is not null)
            {
                // A view keeps the names and types of its columns as long as it is there.
                fault = await TryAsync(change.View!, replaces: false, cancellationToken).ConfigureAwait(false);
            }

            if (fault is not null)
            {
                plan = plan.Without(change, fault);
                continue;
            }

            await history.NoteAsync(plan.Table, change, now, cancellationToken).ConfigureAwait(false);
        }

        return plan;
    }

    /// <summary>Makes a view, or leaves everything as it was.</summary>
    /// <returns>What stood in the way.</returns>
    private async Task<string?> TryAsync(ReportView view, bool replaces, CancellationToken cancellationToken)
    {
        await ExecuteAsync($"SAVEPOINT {Savepoint}", cancellationToken).ConfigureAwait(false);
        try
        {
            await (replaces
                ? views.ReplaceAsync(view, cancellationToken)
                : views.MakeAnewAsync(view, cancellationToken)).ConfigureAwait(false);
            return null;
        }
        catch (PostgresException exception)
        {
            await ExecuteAsync($"ROLLBACK TO {Savepoint}", cancellationToken).ConfigureAwait(false);
            return PostgresErrors.FaultOf(exception.SqlState).Meaning;
        }
    }

    private async Task ExecuteAsync(string statement, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        _ = await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}

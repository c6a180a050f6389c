using DataExport.Grains.Ports;

namespace DataExport.Targets.Merging;

/// <summary>
/// Writes a page of rows by one guarded statement over all of them. The guard writes only what the fence would write
/// without asking: if it does not write every row, nothing stands, and the page is merged row by row in memory.
/// </summary>
internal abstract class PageMerge
{
    /// <summary>What was read under the table's lock.</summary>
    /// <param name="Facts">What is known of the table.</param>
    /// <param name="IsUntouched">
    /// Whether it loads, nothing of it was deleted or is asked, and none of the page seems to be there.
    /// </param>
    /// <param name="Now">The target's clock.</param>
    protected readonly record struct Beginning(TableFacts Facts, bool IsUntouched, DateTime Now);

    /// <summary>Writes the page, or gives nothing back and has changed nothing: then it must be merged.</summary>
    /// <exception cref="TextTooLongException">A text is longer than its column. Nothing was written.</exception>
    /// <exception cref="TargetRefusedException">The target does not take a value. Nothing was written.</exception>
    public async Task<ApplyResult[]?> TryRunAsync(ReadPage page)
    {
        if (await TryWriteAsync(page).ConfigureAwait(false) is not { } beginning)
        {
            await RollbackAsync().ConfigureAwait(false);
            return null;
        }

        await CommitAsync(page, beginning.Facts).ConfigureAwait(false);
        var results = new ApplyResult[page.Rows.Count];
        Array.Fill(results, ApplyResult.AppliedAt(beginning.Now));
        return results;
    }

    /// <summary>
    /// Begins a transaction, takes the lock and reads what is known; nothing if the guard would hold a row back for
    /// certain.
    /// </summary>
    protected abstract Task<Beginning?> BeginAsync(ReadPage page);

    /// <summary>
    /// Copies the page straight into its table. Of a table of which nothing was deleted and nothing is asked, the
    /// target holds of a new record nothing at all; and whether all are new, the table's key says. If not, the
    /// transaction is of no more use.
    /// </summary>
    protected abstract Task<bool> TryLoadAsync(ReadPage page, DateTime now);

    /// <summary>Writes new rows, and confirmed ones of lower versions. False if that were not all.</summary>
    protected abstract Task<bool> TryGuardedAsync(ReadPage page, DateTime now);

    /// <summary>Saves what is known now, and commits.</summary>
    protected abstract Task CommitAsync(ReadPage page, TableFacts facts);

    /// <summary>Ends a transaction of which nothing is to stand.</summary>
    protected abstract Task RollbackAsync();

    private async Task<Beginning?> TryWriteAsync(ReadPage page)
    {
        var beginning = await BeginAsync(page).ConfigureAwait(false);
        if (page.Table.IsFiltered && beginning is { Facts.IsLoading: false })
        {
            // What enters by a delta is asked first, which no guard of a statement says.
            return null;
        }

        if (beginning is { IsUntouched: true, Now: var loadedAt })
        {
            if (await TryLoadAsync(page, loadedAt).ConfigureAwait(false))
            {
                return beginning;
            }

            // The lock went with the transaction.
            await RollbackAsync().ConfigureAwait(false);
            beginning = await BeginAsync(page).ConfigureAwait(false);
        }

        return beginning is { Now: var now } && await TryGuardedAsync(page, now).ConfigureAwait(false)
            ? beginning
            : null;
    }
}

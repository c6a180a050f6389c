using DataExport.Grains.Ports;

namespace DataExport.Grains.Reconciling;

/// <summary>
/// Walks the source's rows of a table once, and then the target's ids, and gathers what seems to differ. Memory does
/// not grow with the table.
/// </summary>
/// <param name="context">The run.</param>
/// <param name="table">The table.</param>
/// <param name="directory">Where to spill.</param>
internal sealed class TableWalk(ReconcileContext context, TableDefinition table, string directory) : IDisposable
{
    private readonly SpilledIds _source = new(directory, context.Limits.Options.Buckets);
    private readonly ITarget _target = context.Runtime.Target;

    /// <summary>What seems to differ.</summary>
    public Suspects Suspects { get; } = new(directory);

    /// <summary>Pages asked for.</summary>
    public long Requests { get; private set; }

    /// <summary>Rows that the source has, as far as they are walked; those that came twice are counted twice.</summary>
    public long Rows { get; private set; }

    /// <summary>
    /// Walks the source, a page read ahead of the one that is compared. Rows that the filter leaves out are not among
    /// the source's: if the target has one, it is extra.
    /// </summary>
    /// <param name="onPage">Called after each page.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task WalkSourceAsync(Action onPage, CancellationToken cancellationToken)
    {
        var reading = ReadPageAsync(null, cancellationToken);
        while (true)
        {
            var page = await reading;
            if (page.NextLink is { } next)
            {
                reading = ReadPageAsync(next, cancellationToken);
            }

            try
            {
                await CompareAsync(page.Rows, cancellationToken);
            }
            catch
            {
                // Nobody else waits for the page ahead, and its fault is not the one to tell.
                await ((Task)reading).ConfigureAwait(
                    ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                throw;
            }

            Rows += page.RowsTotal;
            onPage();
            if (page.NextLink is null)
            {
                return;
            }
        }
    }

    /// <summary>Walks the target's ids; those that the source's walk did not bring seem to be extra.</summary>
    /// <returns>How many records the source has.</returns>
    public async Task<long> SearchExtraAsync(CancellationToken cancellationToken)
    {
        using var ids = new SpilledIds(directory, context.Limits.Options.Buckets);
        await SpillTargetAsync(ids, cancellationToken);
        var atSource = 0L;
        for (var bucket = 0; bucket < ids.Buckets; bucket++)
        {
            var known = new HashSet<Guid>(await _source.ReadAsync(bucket, cancellationToken));
            atSource += known.Count;
            foreach (var id in await ids.ReadAsync(bucket, cancellationToken))
            {
                if (!known.Contains(id))
                {
                    Suspects.Add(new Suspect(id, VersionNumber.None));
                }
            }
        }

        return atSource;
    }

    public void Dispose()
    {
        _source.Dispose();
        Suspects.Dispose();
    }

    private async Task<SourcePage> ReadPageAsync(string? link, CancellationToken cancellationToken)
    {
        var kind = context.Request.Cells ? PageKind.Rows : PageKind.Ids;
        return await context.AskAsync(
            () =>
            {
                Requests++;
                return context.Runtime.Source.ReadPageAsync(table, link, kind, CompareAsync, cancellationToken);
            },
            cancellationToken);
    }

    private async Task CompareAsync(IReadOnlyList<SourceRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var held = await context.AskAsync(
            () => _target.ReadHeldAsync(table.Name, [.. rows.Select(static row => row.RecordId)], cancellationToken),
            cancellationToken);
        var same = new List<SourceRow>();
        for (var place = 0; place < rows.Count; place++)
        {
            var row = rows[place];
            _source.Add(row.RecordId);
            if (DriftRules.OfVersions(row.Version, held[place]) is not null)
            {
                Suspects.Add(new Suspect(row.RecordId, row.Version));
            }
            else if (context.Request.Cells && !held[place].IsAsked)
            {
                same.Add(row);
            }
        }

        await CompareCellsAsync(same, cancellationToken);
    }

    private async Task CompareCellsAsync(List<SourceRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var different = await context.AskAsync(
            () => _target.CompareCellsAsync(table.Name, rows, cancellationToken), cancellationToken);
        if (different.Count > 0)
        {
            var versions = rows.DistinctBy(static row => row.RecordId)
                .ToDictionary(static row => row.RecordId, static row => row.Version);
            foreach (var row in different)
            {
                Suspects.Add(new Suspect(row.RecordId, versions[row.RecordId]));
            }
        }
    }

    private async Task SpillTargetAsync(SpilledIds ids, CancellationToken cancellationToken)
    {
        var rowsMax = context.Limits.Options.TargetIdsMax;
        for (var after = default(Guid?); ;)
        {
            var last = after;
            var page = await context.AskAsync(
                () => _target.ReadIdsAsync(table.Name, last, rowsMax, cancellationToken), cancellationToken);
            foreach (var id in page)
            {
                ids.Add(id);
            }

            if (page.Count < rowsMax)
            {
                return;
            }

            after = page[^1];
        }
    }
}

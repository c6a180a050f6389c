using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Grains.Telemetry;

namespace DataExport.Grains.Tables;

/// <summary>
/// The walks of one table: ids for the first token, all columns for the load, deltas ever after. Each leaves its place
/// in the target, so that a crash repeats at most one page.
/// </summary>
/// <remarks>
/// A delta link comes only with a walk's last page, and it is not documented whether it stands for the walk's beginning
/// or its end. So the ids are walked first: their token is older than every page of the load. After the load the first
/// delta, from that token, names what moved meanwhile; from then on the load's own token is used.
/// </remarks>
internal sealed partial class TableSync(
    IProfileRuntime runtime, TableDefinition table, TableSyncState state, TableSyncOptions options)
{
    // The rows of a first walk only lead to its token.
    private static readonly RowSink s_forgotten = static (_, _) => Task.CompletedTask;

    private readonly string _scope = ReadScope.Of(runtime.Profile, table);

    public TableDefinition Table => table;

    public TableSyncState State { get; private set; } = state;

    /// <summary>How many rows of the target pages and deltas have changed.</summary>
    public long RowsWritten { get; private set; }

    /// <summary>Whether the saved links lead to what is to be read now.</summary>
    public bool IsInScope => State.Phase is TableSyncPhase.NotStarted || State.Scope is null || State.Scope == _scope;

    /// <summary>
    /// Walks the ids, if that has not been done. Counts the rows on the way. Of an elastic table all columns: the delta
    /// of that token has to bring rows, since they are not fetched singly.
    /// </summary>
    public async Task WalkIdsAsync(CancellationToken cancellationToken)
    {
        if (State.Phase is TableSyncPhase.NotStarted)
        {
            await SaveAsync(State with { Phase = TableSyncPhase.Token, NextLink = null, RowsTotal = 0 });
        }

        while (State.Phase is TableSyncPhase.Token)
        {
            var page = await ReadAsync(State.NextLink, FirstWalk, s_forgotten, cancellationToken);
            var total = State.RowsTotal + page.RowsTotal;
            _sample.Add(page.Rows);
            await SaveAsync(page.NextLink is not null
                ? State with { NextLink = page.NextLink, RowsTotal = total }
                : await LoadStateAsync(page.DeltaLink, total, cancellationToken));
        }
    }

    /// <summary>
    /// Loads all rows, reading a page ahead of the one that is written. Then asks for what moved meanwhile.
    /// </summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (State.Phase is not TableSyncPhase.Load)
        {
            return;
        }

        if (RangePlan.TryParse(State.NextLink) is { } plan)
        {
            await LoadRangesAsync(plan, cancellationToken);
            return;
        }

        var reading = ReadTimedAsync(State.NextLink, cancellationToken);
        while (true)
        {
            var (page, began) = await reading;
            if (page.NextLink is { } next)
            {
                reading = ReadTimedAsync(next, cancellationToken);
            }

            using var span = PathTrace.BeginRoot("initial sync page", runtime.Profile.Id, table.Name);
            _ = span?.SetTag("rows", page.Rows.Count);
            await WriteRowsAsync(page, began, cancellationToken);
            if (page.NextLink is null)
            {
                await FinishLoadAsync(page.DeltaLink, page.RowsTotal, cancellationToken);
                return;
            }

            await SaveAsync(State with { NextLink = page.NextLink, RowsDone = State.RowsDone + page.RowsTotal });
        }
    }

    /// <summary>Brings everything that changed since the token, and moves the token on.</summary>
    public async Task SyncDeltaAsync(CancellationToken cancellationToken)
    {
        using var span = PathTrace.BeginRoot("delta sync", runtime.Profile.Id, table.Name);
        var began = await NowAsync(cancellationToken);
        var token = State.DeltaHasIdsOnly
            ? await WalkDeltaAsync(new DeltaWalk(State.DeltaLink!, PageKind.Ids), AskMovedAsync, cancellationToken)
            : await WalkDeltaAsync(
                new DeltaWalk(State.DeltaLink!, PageKind.Changes), WriteRowsAsync, cancellationToken);

        // Whatever came into a set or left it before the delta began, the delta has brought.
        await runtime.Target.SettleSetsAskedBeforeAsync(table.Name, began, cancellationToken);
        var now = await NowAsync(cancellationToken);
        await SaveAsync(State with { DeltaLink = token, LastDeltaOn = now, Message = null });
    }

    /// <summary>Throws the token away: everything is read again, and rows that do not come are asked about.</summary>
    public Task BeginResyncAsync() => SaveAsync(
        new TableSyncState { Table = table.Name, LastDeltaOn = State.LastDeltaOn, Scope = _scope });

    /// <summary>Says what hinders the table, until its next success.</summary>
    public void Report(string? message) => State = State with { Message = message };

    private async Task<TableSyncState> LoadStateAsync(string? token, long total, CancellationToken cancellationToken) =>
        State with
        {
            Phase = TableSyncPhase.Load,
            NextLink = (await PlanRangesAsync(total, cancellationToken))?.ToString(),
            DeltaLink = token,
            BeganOn = await NowAsync(cancellationToken),
            RowsDone = 0,
            RowsTotal = total,
            IsResync = await runtime.Target.CountRowsAsync(table.Name, cancellationToken) > 0,
        };

    /// <summary>
    /// The last page's place is not saved before what moved is asked: a crash in between reads that page again, and its
    /// token is then newer still. Without change tracking the first comparison tells what moved.
    /// </summary>
    private async Task FinishLoadAsync(string? token, int lastRows, CancellationToken cancellationToken)
    {
        string? idToken = null;
        if (State.DeltaLink is { } first)
        {
            idToken = table.IsElastic
                ? await WalkDeltaAsync(new DeltaWalk(first, PageKind.Changes), WriteRowsAsync, cancellationToken)
                : await WalkDeltaAsync(new DeltaWalk(first, PageKind.Ids), AskMovedAsync, cancellationToken);
        }

        if (State is { IsResync: true, BeganOn: { } began })
        {
            _ = await runtime.Target.AskRowsNotReadSinceAsync(table.Name, began, cancellationToken);
        }

        await SaveAsync(State with
        {
            Phase = TableSyncPhase.Delta,
            NextLink = null,
            DeltaLink = token ?? idToken,
            DeltaHasIdsOnly = token is null && idToken is not null,
            RowsDone = State.RowsDone + lastRows,
            IsResync = false,
            Message = null,
        });
    }

    /// <summary>Follows a delta to its end. All its pages count as read when the first was asked for.</summary>
    private async Task<string> WalkDeltaAsync(
        DeltaWalk walk, Func<SourcePage, DateTime, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var began = await NowAsync(cancellationToken);
        var link = walk.Link;
        while (true)
        {
            var sink = walk.Kind is PageKind.Changes ? SinkOf(began) : null;
            var page = await ReadAsync(link, walk.Kind, sink, cancellationToken);
            await write(page, began, cancellationToken);
            if (page.DeltaLink is { } token)
            {
                return token;
            }

            link = page.NextLink!;
        }
    }

    private Task WriteRowsAsync(SourcePage page, DateTime began, CancellationToken cancellationToken) =>
        WriteAsync(page, began, EvidenceKind.ReadUpsert, cancellationToken);

    private Task AskMovedAsync(SourcePage page, DateTime began, CancellationToken cancellationToken) =>
        WriteAsync(page, began, EvidenceKind.Moved, cancellationToken);

    /// <summary>Upserts first, then deletions: what a delta deletes, it does not bring too.</summary>
    private async Task WriteAsync(
        SourcePage page, DateTime began, EvidenceKind kind, CancellationToken cancellationToken)
    {
        var items = new MergeItem[page.Rows.Count + page.Deletions.Count];
        for (var row = 0; row < page.Rows.Count; row++)
        {
            var (id, version, columns) = page.Rows[row];
            items[row] = new MergeItem(
                table.Name,
                id,
                new Evidence(kind, began, version, Overrides: State.IsResync),
                kind is EvidenceKind.ReadUpsert ? columns : null);
        }

        for (var deletion = 0; deletion < page.Deletions.Count; deletion++)
        {
            items[page.Rows.Count + deletion] = new MergeItem(
                table.Name, page.Deletions[deletion], new Evidence(EvidenceKind.ReadDeletion, began));
        }

        var (applied, _) = await runtime.WriteEvidenceAsync(items, cancellationToken);
        RowsWritten += applied;
        NoteNewest(page);
        if (kind is not EvidenceKind.ReadUpsert || State is not { Phase: TableSyncPhase.Load, IsResync: false })
        {
            await WriteOutsideAsync(page.Outside, began, cancellationToken);
        }
    }

    private void NoteNewest(SourcePage page)
    {
        foreach (var row in page.Rows)
        {
            if (row.Version.IsNewerThan(State.NewestVersion))
            {
                State = State with { NewestId = row.RecordId, NewestVersion = row.Version };
            }
        }
    }

    /// <summary>
    /// Tells the target which rows lie outside. Apart from the rest: a page of nothing but rows is quickly written. Of
    /// a first load's pages it need not know: what messages brought meanwhile, the delta after it tells.
    /// </summary>
    private async Task WriteOutsideAsync(
        IReadOnlyList<OutsideRow> rows, DateTime began, CancellationToken cancellationToken)
    {
        var items = rows.Select(row => new MergeItem(
            table.Name,
            row.RecordId,
            new Evidence(EvidenceKind.ReadOutside, began, row.Version, Overrides: State.IsResync))).ToArray();
        _ = await runtime.WriteEvidenceAsync(items, cancellationToken);
    }

    private async Task<(SourcePage Page, DateTime Began)> ReadTimedAsync(
        string? link, CancellationToken cancellationToken)
    {
        var began = await NowAsync(cancellationToken);
        return (await ReadAsync(link, PageKind.Rows, SinkOf(began), cancellationToken), began);
    }

    /// <summary>Writes the first rows of a page that is too large to be held.</summary>
    private RowSink SinkOf(DateTime began) => (rows, token) =>
        WriteRowsAsync(new SourcePage(rows, [], NextLink: null, DeltaLink: null), began, token);

    private async Task<SourcePage> ReadAsync(
        string? link, PageKind kind, RowSink? sink, CancellationToken cancellationToken)
    {
        var page = await runtime.Source.ReadPageAsync(table, link, kind, sink, cancellationToken);
        return page.NextLink is not null || page.DeltaLink is not null || table.IsUntracked
            ? page
            : throw new SourceException(
                SourceFault.Unavailable,
                $"Table '{table.Name}': the page has neither a next link nor a delta link. "
                + "Is change tracking enabled?");
    }

    private PageKind FirstWalk => table.IsElastic ? PageKind.Rows : PageKind.Ids;

    private ValueTask<DateTime> NowAsync(CancellationToken cancellationToken) =>
        runtime.Target.GetUtcNowAsync(cancellationToken);

    private async Task SaveAsync(TableSyncState state)
    {
        state = state with { Scope = _scope };

        // Not cancelled by a stop: the rows it speaks of are committed, and saving their place spares a page.
        await runtime.Target.SaveSyncStateAsync(state, CancellationToken.None);
        State = State.NewestVersion.IsNewerThan(state.NewestVersion)
            ? state with { NewestId = State.NewestId, NewestVersion = State.NewestVersion }
            : state;
        runtime.TableTold(table.Name, state);
    }

    /// <param name="Link">Where the changes are.</param>
    /// <param name="Kind">Of which walk the link is: one over ids brings no columns.</param>
    private readonly record struct DeltaWalk(string Link, PageKind Kind);
}

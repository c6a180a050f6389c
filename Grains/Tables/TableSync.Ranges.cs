using DataExport.Grains.Ports;
using DataExport.Grains.Telemetry;

namespace DataExport.Grains.Tables;

// A large table, read in several ranges at once. They are not tracked, so the token of the ids stays the table's.
internal sealed partial class TableSync
{
    private const string CreatedOn = "createdon";

    private readonly IdSample _sample = new();
    private Task _lastSave = Task.CompletedTask;

    /// <summary>
    /// The ranges for a large table. The walk over ids spares asking how its times of creation are spread: those of
    /// some of them tell.
    /// </summary>
    private async Task<RangePlan?> PlanRangesAsync(long rows, CancellationToken cancellationToken)
    {
        var ordinal = table.OrdinalOf(CreatedOn);
        var isRanged = options.RangesMax > 1 && rows >= options.RangedFromRows && ordinal >= 0
            && !table.IsElastic
            && table.Masks.All(static mask => mask.Column != CreatedOn);
        if (!isRanged)
        {
            return null;
        }

        var answers = await runtime.Source.FetchAsync([new FetchRequest(table, _sample.Ids)], cancellationToken);
        return RangePlan.Of(TimesIn(answers[0].Rows, ordinal), options.RangesMax);
    }

    private static IEnumerable<DateTime> TimesIn(IReadOnlyList<SourceRow> rows, int ordinal)
    {
        foreach (var row in rows)
        {
            if (row.Columns is { } columns && columns.TryGet(ordinal, out var value) && !value.IsNull)
            {
                yield return value.Instant;
            }
        }
    }

    private async Task LoadRangesAsync(RangePlan plan, CancellationToken cancellationToken)
    {
        // One that fails ends the others: they would read on while the loop waits to begin again.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ranges = plan.Ranges.Select((_, place) => LoadRangeAsync(place, either)).ToArray();
        var all = Task.WhenAll(ranges);
        await all.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        // What failed is to be told, and not that the others ended for it.
        await (Array.Find(ranges, static range => range.IsFaulted) ?? all);
        await FinishLoadAsync(token: null, lastRows: 0, cancellationToken);
    }

    private async Task LoadRangeAsync(int place, CancellationTokenSource either)
    {
        try
        {
            await LoadRangeAsync(place, either.Token);
        }
        catch
        {
            await either.CancelAsync();
            throw;
        }
    }

    private async Task LoadRangeAsync(int place, CancellationToken cancellationToken)
    {
        var range = RangePlan.TryParse(State.NextLink)!.Ranges[place];
        var reading = range.IsDone ? null : ReadRangeAsync(range, range.NextLink, cancellationToken);
        while (reading is not null)
        {
            var (page, began) = await reading;
            reading = page.NextLink is { } next ? ReadRangeAsync(range, next, cancellationToken) : null;
            using var span = PathTrace.BeginRoot("initial sync page", runtime.Profile.Id, table.Name);
            _ = span?.SetTag("rows", page.Rows.Count);
            await WriteRowsAsync(page, began, cancellationToken);
            await SavePlaceAsync(place, page);
        }
    }

    private async Task<(SourcePage Page, DateTime Began)> ReadRangeAsync(
        RangePlace range, string? link, CancellationToken cancellationToken)
    {
        var began = await NowAsync(cancellationToken);
        var bounds = new CreationRange(range.From, range.Until);
        return (await runtime.Source.ReadRangeAsync(table, bounds, link, SinkOf(began), cancellationToken), began);
    }

    /// <summary>One after the other: an older place must not overwrite a newer one.</summary>
    private Task SavePlaceAsync(int place, SourcePage page) => _lastSave = SavePlaceAsync(_lastSave, place, page);

    private async Task SavePlaceAsync(Task before, int place, SourcePage page)
    {
        await before.ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        var plan = RangePlan.TryParse(State.NextLink)!;
        var range = plan.Ranges[place] with { NextLink = page.NextLink, IsDone = page.NextLink is null };
        await SaveAsync(State with
        {
            NextLink = new RangePlan(plan.Ranges.SetItem(place, range)).ToString(),
            RowsDone = State.RowsDone + page.RowsTotal,
        });
    }
}

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DataExport.Grains.Ports;

namespace DataExport.Silo.Telemetry;

/// <summary>What the gauges of one profile show: kept as last told, read at a scrape. Thread-safe.</summary>
/// <remarks>
/// Ages are told by this silo's clock from instants of the target's: they are wrong by as much as the two differ.
/// </remarks>
internal sealed class ProfileGauges(Tag profile, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, ToldTable> _tables = new(StringComparer.Ordinal);
    private volatile ToldPending? _pending;
    private volatile IWriterState? _writer;
    private volatile ICreditState? _credit;

    /// <summary>
    /// Rows of messages that wait for a merge; <see langword="null"/> while this silo has no writer of the profile.
    /// </summary>
    public int? RowsQueued => _writer?.RowsQueued;

    /// <summary>Takes the questions of each table and when its oldest was put, UTC. Kept as given.</summary>
    public void TellPending(
        IReadOnlyDictionary<string, long> byTable, IReadOnlyDictionary<string, DateTime> oldestByTable) =>
        _pending = new ToldPending(byTable, oldestByTable);

    /// <summary>Takes what a table is at; <see langword="null"/>: it is shown no more.</summary>
    public void TellTable(string table, TableSyncState? state)
    {
        if (state is null)
        {
            _ = _tables.TryRemove(table, out _);
            return;
        }

        // A table that had no delta yet is due for one from the moment at which its load ended.
        var since = _tables.TryGetValue(table, out var told) && told.State.Phase == state.Phase
            ? told.Since
            : clock.GetUtcNow().UtcDateTime;
        _tables[table] = new ToldTable(state, since);
    }

    /// <summary>Shows the writer's state from now on.</summary>
    public void Watch(IWriterState writer) => _writer = writer;

    /// <summary>Shows the credit from now on.</summary>
    public void Watch(ICreditState credit) => _credit = credit;

    /// <summary>Shows it no more, unless another writer has taken its place.</summary>
    public void Unwatch(IWriterState writer) => Interlocked.CompareExchange(ref _writer, null, writer);

    /// <summary>Shows it no more, unless another agent's credit has taken its place.</summary>
    public void Unwatch(ICreditState credit) => Interlocked.CompareExchange(ref _credit, null, credit);

    public IEnumerable<Measurement<long>> MeasurePending() =>
        _pending?.ByTable.Select(count => Of(count.Key, count.Value)) ?? [];

    public IEnumerable<Measurement<double>> MeasurePendingAge() => _pending is not { } pending ? [] :
        pending.ByTable.Keys.Select(table => Of(
            table, pending.OldestByTable.TryGetValue(table, out var oldest) ? AgeOf(oldest) : 0));

    public IEnumerable<Measurement<double>> MeasureDeltaAge() => _tables
        .Where(static table => table.Value.State.Phase is TableSyncPhase.Delta)
        .Select(table => Of(table.Key, AgeOf(table.Value.State.LastDeltaOn ?? table.Value.Since)));

    public IEnumerable<Measurement<long>> MeasurePhase() =>
        _tables.Select(table => Of(table.Key, (long)table.Value.State.Phase));

    public IEnumerable<Measurement<long>> MeasureRowsDone() =>
        _tables.Select(table => Of(table.Key, table.Value.State.RowsDone));

    public IEnumerable<Measurement<long>> MeasureRowsExpected() =>
        _tables.Select(table => Of(table.Key, table.Value.State.RowsTotal));

    public IEnumerable<Measurement<long>> MeasureTargetAvailable() =>
        _writer is { } writer ? [new Measurement<long>(writer.IsTargetAvailable ? 1 : 0, profile)] : [];

    public IEnumerable<Measurement<long>> MeasureQueueRows() =>
        _writer is { } writer ? [new Measurement<long>(writer.RowsQueued, profile)] : [];

    public IEnumerable<Measurement<long>> MeasureCredit() =>
        _credit is { } credit ? [new Measurement<long>(credit.MessagesGranted, profile)] : [];

    private Measurement<T> Of<T>(string table, T value)
        where T : struct => new(value, profile, new Tag("table", table));

    private double AgeOf(DateTime utc) => Math.Max(0, (clock.GetUtcNow().UtcDateTime - utc).TotalSeconds);

    private sealed record ToldTable(TableSyncState State, DateTime Since);

    private sealed record ToldPending(
        IReadOnlyDictionary<string, long> ByTable, IReadOnlyDictionary<string, DateTime> OldestByTable);
}

/// <summary>What of a batch writer is shown.</summary>
internal interface IWriterState
{
    /// <summary>Whether the last merge reached the target.</summary>
    bool IsTargetAvailable { get; }

    /// <summary>Rows of messages that wait for a merge.</summary>
    int RowsQueued { get; }
}

/// <summary>What of a pulling agent's credit is shown.</summary>
internal interface ICreditState
{
    /// <summary>Messages that the bus may still send.</summary>
    int MessagesGranted { get; }
}

namespace DataExport.Grains.Tests.Model;

/// <summary>
/// Watches the target between steps: no cell goes back, nothing comes back from the dead or vanishes.
/// </summary>
internal sealed class FenceChecker(ModelSource source, Func<int, ShownRow?> read, IReadOnlyList<int> records)
{
    private readonly Dictionary<(int Record, int Column), long> _shown = [];
    private readonly Dictionary<int, long> _gone = [];
    private readonly Dictionary<int, long> _tombstones = [];

    /// <summary>A deletion was applied; <paramref name="version"/> is the one that it stands for.</summary>
    public void Deleted(int record, long version) =>
        _tombstones[record] = Math.Max(version, _tombstones.GetValueOrDefault(record));

    public void Watch()
    {
        foreach (var record in records)
        {
            if (read(record) is { } row)
            {
                _ = _tombstones.Remove(record);
                WatchRow(record, row);
            }
            else if (_tombstones.TryGetValue(record, out var deletedAt))
            {
                WatchTombstone(record, deletedAt);
            }
        }
    }

    /// <summary>Whether the target equals the source.</summary>
    public void RequireEqual(string when)
    {
        foreach (var record in records)
        {
            var (held, shown) = (source.Read(record), read(record));
            held = source.IsInside(held?.Columns) ? held : null;
            var fault = (held, shown) switch
            {
                (null, null) => null,
                (null, _) => "ghost row",
                (_, null) => "missing row",
                _ => held.Columns.SequenceEqual(shown.Columns) ? null : "content differs",
            };
            if (fault is not null)
            {
                throw new FenceFaultException($"{when}: record {record}: {fault}");
            }
        }
    }

    private void WatchRow(int record, ShownRow row)
    {
        var born = row.Columns.Select(source.BornAt).ToArray();
        var states = source.History[record];
        if (_gone.TryGetValue(record, out var gone)
            && born.Max() < gone
            && !states.Any(state => state.Version > gone && source.IsInside(state.Columns)))
        {
            throw new FenceFaultException($"record {record} is back from the dead");
        }

        for (var column = 0; column < born.Length; column++)
        {
            if (born[column] < _shown.GetValueOrDefault((record, column), -1))
            {
                throw new FenceFaultException($"record {record}, column {column} went backwards");
            }

            _shown[(record, column)] = born[column];
        }

        if (row.Version is not null && !source.IsInside(row.Columns))
        {
            throw new FenceFaultException($"record {record}: the confirmed row lies outside the filter");
        }

        if (row.Version is { } version
            && !states.Single(state => state.Version == version).Columns!.SequenceEqual(row.Columns))
        {
            throw new FenceFaultException($"record {record}: the confirmed row is no state of the source");
        }
    }

    private void WatchTombstone(int record, long deletedAt)
    {
        var newest = _shown
            .Where(shown => shown.Key.Record == record)
            .Select(shown => shown.Value)
            .DefaultIfEmpty(-1)
            .Max();
        if (deletedAt > 0 && deletedAt < newest)
        {
            throw new FenceFaultException($"record {record} vanished by an old delete");
        }

        _gone[record] = Math.Max(deletedAt, _gone.GetValueOrDefault(record, -1));
    }
}

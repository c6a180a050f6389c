using DataExport.Grains.Ports;

namespace DataExport.Targets.Sqlite;

/// <summary>What shows whether the rows are as they are at the source.</summary>
internal sealed partial class SqliteTarget
{
    /// <summary>Rows that are compared before others may read: questions must not wait long for it.</summary>
    private const int CompareRowsMax = 500;

    public async Task<IReadOnlyList<HeldRow>> ReadHeldAsync(
        string table, IReadOnlyList<Guid> recordIds, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return await ReadAsync(reader => reader.Comparing.ReadHeld(target, recordIds), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<Guid>> ReadIdsAsync(
        string table, Guid? afterId, int rowsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowsMax);
        var target = TableOf(table);
        return await ReadAsync(reader => reader.Comparing.ReadIds(target, afterId, rowsMax), cancellationToken)
            .ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<DifferentRow>> CompareCellsAsync(
        string table, IReadOnlyList<SourceRow> rows, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        var different = new List<DifferentRow>();
        foreach (var some in rows.Chunk(CompareRowsMax))
        {
            different.AddRange(await ReadAsync(reader => reader.Comparing.Compare(target, some), cancellationToken)
                .ConfigureAwait(false));
        }

        return different;
    }
}

using DataExport.Grains.Ports;

namespace DataExport.Targets.Postgres;

/// <summary>What shows whether the rows are as they are at the source.</summary>
internal sealed partial class PostgresTarget
{
    public Task<IReadOnlyList<HeldRow>> ReadHeldAsync(
        string table, IReadOnlyList<Guid> recordIds, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return CompareAsync(compare => compare.ReadHeldAsync(target, recordIds, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<Guid>> ReadIdsAsync(
        string table, Guid? afterId, int rowsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowsMax);
        var target = TableOf(table);
        return CompareAsync(
            compare => compare.ReadIdsAsync(target, afterId, rowsMax, cancellationToken), cancellationToken);
    }

    public Task<IReadOnlyList<DifferentRow>> CompareCellsAsync(
        string table, IReadOnlyList<SourceRow> rows, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return CompareAsync(compare => compare.CompareAsync(target, rows, cancellationToken), cancellationToken);
    }

    private Task<T> CompareAsync<T>(Func<PostgresReconcile, Task<T>> compare, CancellationToken cancellationToken) =>
        _sessions.UseAsync(
            "Comparing", session => compare(new PostgresReconcile(session, _statements)), cancellationToken);
}

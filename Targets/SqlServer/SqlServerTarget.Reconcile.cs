using DataExport.Grains.Ports;

namespace DataExport.Targets.SqlServer;

/// <summary>What shows whether the rows are as they are at the source.</summary>
internal sealed partial class SqlServerTarget
{
    private readonly CompareStatements _compareStatements = new(names);

    public Task<IReadOnlyList<HeldRow>> ReadHeldAsync(
        string table, IReadOnlyList<Guid> recordIds, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return CompareAsync(compare => compare.ReadHeldAsync(target, recordIds), cancellationToken);
    }

    public Task<IReadOnlyList<Guid>> ReadIdsAsync(
        string table, Guid? afterId, int rowsMax, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowsMax);
        var target = TableOf(table);
        return CompareAsync(compare => compare.ReadIdsAsync(target, afterId, rowsMax), cancellationToken);
    }

    public Task<IReadOnlyList<DifferentRow>> CompareCellsAsync(
        string table, IReadOnlyList<SourceRow> rows, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return CompareAsync(compare => compare.CompareAsync(target, rows), cancellationToken);
    }

    private Task<T> CompareAsync<T>(Func<SqlServerReconcile, Task<T>> compare, CancellationToken cancellationToken)
    {
        var types = Provisioned.Types;
        return _sessions.UseAsync(
            "Comparing",
            session => compare(new SqlServerReconcile(session, _compareStatements, types)),
            cancellationToken);
    }
}

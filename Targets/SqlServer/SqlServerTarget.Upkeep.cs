using DataExport.Targets.Merging;

namespace DataExport.Targets.SqlServer;

/// <summary>What goes over many rows by small transactions: no merge has to wait long for it.</summary>
internal sealed partial class SqlServerTarget
{
    public async Task<long> AskRowsNotReadSinceAsync(string table, DateTime began, CancellationToken cancellationToken)
    {
        // By small transactions: a large table must hold up no merge.
        var asked = 0L;
        var after = Guid.Empty;
        while (true)
        {
            var layout = Provisioned;
            var (target, last) = (TableOf(table), after);
            var ids = await ReadAsync(
                reader => reader.ReadOldRowsAsync(target, last, began, options.AskRowsMax), cancellationToken)
                .ConfigureAwait(false);
            if (ids.Count == 0)
            {
                return asked;
            }

            var batch = new TableBatch(target);
            ids.ForEach(batch.Add);
            asked += await _sessions.UseAsync(
                table, session => Merge(session, layout).AskOlderAsync(batch, began), cancellationToken)
                .ConfigureAwait(false);
            after = ids[^1];
        }
    }

    public Task<int> ExpireDeletionsAsync(
        string table, DateTime before, int entriesMax, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return ReadAsync(
            reader => reader.ExpireDeletionsAsync(target, before, entriesMax, clock), cancellationToken);
    }
}

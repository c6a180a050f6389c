using DataExport.Targets.Merging;

namespace DataExport.Targets.Postgres;

/// <summary>What goes over many rows by small transactions: no merge has to wait long for it.</summary>
internal sealed partial class PostgresTarget
{
    public async Task<long> AskRowsNotReadSinceAsync(string table, DateTime began, CancellationToken cancellationToken)
    {
        // By small transactions: a large table must hold up no merge.
        var target = TableOf(table);
        var asked = 0L;
        var after = default(Guid?);
        while (true)
        {
            var last = after;
            var ids = await ReadAsync(
                reader => reader.ReadOldRowsAsync(target, last, began, options.AskRowsMax, cancellationToken),
                cancellationToken).ConfigureAwait(false);
            if (ids.Count == 0)
            {
                return asked;
            }

            var batch = new TableBatch(TableOf(table));
            ids.ForEach(batch.Add);
            asked += await _sessions.UseAsync(
                table,
                session => Merge(session).AskOlderAsync(batch, began, CancellationToken.None),
                cancellationToken).ConfigureAwait(false);
            after = ids[^1];
        }
    }

    public Task<int> ExpireDeletionsAsync(
        string table, DateTime before, int entriesMax, CancellationToken cancellationToken)
    {
        var target = TableOf(table);
        return ReadAsync(
            reader => reader.ExpireDeletionsAsync(target, before, entriesMax, CancellationToken.None),
            cancellationToken);
    }
}

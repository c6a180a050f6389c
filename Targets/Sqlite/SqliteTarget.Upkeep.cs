namespace DataExport.Targets.Sqlite;

/// <summary>What goes over many rows by small transactions: no merge has to wait long for it.</summary>
internal sealed partial class SqliteTarget
{
    public async Task<long> AskRowsNotReadSinceAsync(string table, DateTime began, CancellationToken cancellationToken)
    {
        // The scan has a connection of its own, and the questions go in by small transactions: a large table must hold
        // up neither merges nor the reading of questions.
        var target = TableOf(table);
        using var reader = await Task.Run(OpenReader, cancellationToken).ConfigureAwait(false);
        var asked = 0L;
        var lastRowId = BeforeFirstRow;
        while (true)
        {
            var after = lastRowId;
            var (recordIds, last) = await Task
                .Run(() => reader.ReadNotReadSince(target, after, began, options.AskRowsMax), cancellationToken)
                .ConfigureAwait(false);
            if (recordIds.Count == 0)
            {
                return asked;
            }

            asked += await WriteAsync(writer => writer.AskIfNotReadSince(table, recordIds, began), cancellationToken)
                .ConfigureAwait(false);
            lastRowId = last;
        }
    }

    public Task<int> ExpireDeletionsAsync(
        string table, DateTime before, int entriesMax, CancellationToken cancellationToken) =>
        WriteAsync(writer => writer.ExpireDeletions(table, before, entriesMax), cancellationToken);
}

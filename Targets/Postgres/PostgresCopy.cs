using DataExport.Targets.Merging;
using Npgsql;

namespace DataExport.Targets.Postgres;

/// <summary>Sends rows by COPY.</summary>
internal static class PostgresCopy
{
    /// <summary>
    /// Bytes that are encoded before they are sent: the server writes them while the next are encoded.
    /// </summary>
    private const int ChunkBytes = 128 * 1024;

    /// <param name="session">The connection, within a transaction.</param>
    /// <param name="shape">The columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="into">The table or stage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="TextTooLongException">A text is longer than its column. Nothing was written.</exception>
    internal static async Task RunAsync(
        PostgresSession session, RowShape shape, IEnumerable<RowWrite> rows, string into,
        CancellationToken cancellationToken)
    {
        var copy = await session.Connection
            .BeginRawBinaryCopyAsync(CopyColumns.CopyStatement(shape, into), cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            try
            {
                await SendAsync(copy, session.Buffer, shape, rows, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not NpgsqlException)
            {
                // A row cannot be encoded. Ended in order, the copy would stand until the rollback, or be committed.
                await copy.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private static async Task SendAsync(
        NpgsqlRawCopyStream copy, CopyBuffer buffer, RowShape shape, IEnumerable<RowWrite> rows,
        CancellationToken cancellationToken)
    {
        var walk = new RowWalk(shape, takesCharacterZero: false);
        var cells = RowColumns.Of(shape).Length;
        buffer.Begin();
        foreach (var row in rows)
        {
            buffer.BeginRow(cells);
            walk.Walk(row, buffer);
            if (buffer.Written.Length >= ChunkBytes)
            {
                await copy.WriteAsync(buffer.Written, cancellationToken).ConfigureAwait(false);
                await copy.FlushAsync(cancellationToken).ConfigureAwait(false);
                buffer.Clear();
            }
        }

        buffer.End();
        await copy.WriteAsync(buffer.Written, cancellationToken).ConfigureAwait(false);
    }
}

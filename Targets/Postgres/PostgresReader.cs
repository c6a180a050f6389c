using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using Npgsql;
using NpgsqlTypes;

namespace DataExport.Targets.Postgres;

/// <summary>Reads and settles questions and sync states.</summary>
internal sealed class PostgresReader(PostgresSession session, PostgresStatements statements)
{
    public async Task<TableSyncState> ReadStateAsync(string table, CancellationToken cancellationToken)
    {
        await using var batch = Batch(new NpgsqlBatchCommand(statements.ReadState).Add(table));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new TableSyncState
            {
                Table = table,
                Phase = (TableSyncPhase)reader.GetInt32(0),
                NextLink = reader.TextOrNull(1),
                DeltaLink = reader.TextOrNull(2),
                BeganOn = reader.InstantOrNull(3),
                RowsDone = reader.GetInt64(4),
                RowsTotal = reader.GetInt64(5),
                IsResync = reader.GetBoolean(6),
                LastDeltaOn = reader.InstantOrNull(7),
                Message = reader.TextOrNull(8),
                Scope = reader.TextOrNull(9),
                RefreshedOn = reader.InstantOrNull(10),
                NewestId = reader.IsDBNull(11) ? null : reader.GetGuid(11),
                NewestVersion = new VersionNumber(reader.IsDBNull(12) ? 0 : reader.GetInt64(12)),
                DeltaHasIdsOnly = !reader.IsDBNull(13) && reader.GetBoolean(13),
            }
            : new TableSyncState { Table = table };
    }

    /// <summary>
    /// Saves a state under the table's lock: merges before it see the old phase, and those after it the new.
    /// </summary>
    public async Task<bool> SaveStateAsync(
        TargetTable table, TableSyncState state, CancellationToken cancellationToken)
    {
        await using var batch = Batch(
            new NpgsqlBatchCommand("BEGIN"),
            new NpgsqlBatchCommand(PostgresStatements.Lock).Add(table.LockKey),
            new NpgsqlBatchCommand(statements.SaveState)
                .Add(state.Table)
                .Add((int)state.Phase, NpgsqlDbType.Integer)
                .AddNullable(state.NextLink, NpgsqlDbType.Text)
                .AddNullable(state.DeltaLink, NpgsqlDbType.Text)
                .AddNullable(Unzoned(state.BeganOn), NpgsqlDbType.Timestamp)
                .Add(state.RowsDone)
                .Add(state.RowsTotal)
                .Add(state.IsResync, NpgsqlDbType.Boolean)
                .AddNullable(Unzoned(state.LastDeltaOn), NpgsqlDbType.Timestamp)
                .AddNullable(state.Message, NpgsqlDbType.Text)
                .AddNullable(state.Scope, NpgsqlDbType.Text)
                .AddNullable(Unzoned(state.RefreshedOn), NpgsqlDbType.Timestamp)
                .AddNullable(state.NewestId, NpgsqlDbType.Uuid)
                .Add(state.NewestVersion.Value)
                .Add(state.DeltaHasIdsOnly, NpgsqlDbType.Boolean),
            new NpgsqlBatchCommand("COMMIT"));
        _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    public async Task<Dictionary<string, long>> CountQuestionsAsync(CancellationToken cancellationToken)
    {
        await using var batch = Batch(new NpgsqlBatchCommand(statements.CountQuestions));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            counts.Add(reader.GetString(0), reader.GetInt64(1));
        }

        return counts;
    }

    public async Task<IReadOnlyList<PendingQuestion>> ReadQuestionsAsync(
        TargetTable table, long afterNumber, DateTime askedUntil, int rowsMax, CancellationToken cancellationToken)
    {
        await using var batch = Batch(new NpgsqlBatchCommand(statements.OldestQuestions(table))
            .Add(table.Definition.Name).Add(afterNumber).Add((long)rowsMax));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var questions = new List<PendingQuestion>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && reader.Instant(3) <= askedUntil)
        {
            // Numbers and times grow together: behind the first that is too young there are only younger ones.
            questions.Add(new PendingQuestion(
                table.Definition.Name,
                reader.GetGuid(0),
                (UncertainReason)reader.GetInt32(1),
                reader.GetInt64(2),
                reader.Instant(3),
                reader.InstantOrNull(4)));
        }

        return questions;
    }

    public async Task<IReadOnlyList<PendingSet>> ReadSetQuestionsAsync(
        string table, long afterNumber, DateTime askedUntil, int setsMax, CancellationToken cancellationToken)
    {
        await using var batch = Batch(new NpgsqlBatchCommand(statements.OldestSetQuestions)
            .Add(table).Add(afterNumber).Add((long)setsMax).Add(askedUntil));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var sets = new List<PendingSet>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            sets.Add(new PendingSet(
                table, reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2), reader.Instant(3)));
        }

        return sets;
    }

    public async Task<IReadOnlyList<Guid>> ReadSetAsync(
        TargetTable table, string column, Guid value, CancellationToken cancellationToken)
    {
        var name = PostgresDialect.Instance.Name(column);
        await using var batch = Batch(new NpgsqlBatchCommand($"SELECT Id FROM {table.Name} WHERE {name} = $1")
            .Add(value, NpgsqlDbType.Uuid));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    /// <summary>
    /// Under the tables' locks, or merges that put the same questions in another order would dead-lock.
    /// </summary>
    public async Task<bool> SettleSetsAsync(
        IReadOnlyList<TargetTable> tables, IReadOnlyList<PendingSet> sets, CancellationToken cancellationToken)
    {
        await using var batch = Batch(
        [
            new NpgsqlBatchCommand("BEGIN"),
            .. tables.OrderBy(static table => table.Name.Name, StringComparer.Ordinal)
                .Select(static table => new NpgsqlBatchCommand(PostgresStatements.Lock).Add(table.LockKey)),
            .. sets.Select(set => new NpgsqlBatchCommand(statements.SettleSet)
                .Add(set.Table).Add(set.Column).Add(set.Value, NpgsqlDbType.Uuid).Add(set.Number)),
            new NpgsqlBatchCommand("COMMIT"),
        ]);
        _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    public async Task<bool> SettleSetsAskedBeforeAsync(
        TargetTable table, DateTime began, CancellationToken cancellationToken)
    {
        await using var batch = Batch(
            new NpgsqlBatchCommand("BEGIN"),
            new NpgsqlBatchCommand(PostgresStatements.Lock).Add(table.LockKey),
            new NpgsqlBatchCommand(statements.SettleSetsAskedBefore).Add(table.Definition.Name).Add(began),
            new NpgsqlBatchCommand("COMMIT"));
        _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Takes old entries of the delete log away, under the lock of those who look for tombstones.</summary>
    public async Task<int> ExpireDeletionsAsync(
        TargetTable table, DateTime before, int entriesMax, CancellationToken cancellationToken)
    {
        var expire = new NpgsqlBatchCommand(statements.ExpireLog)
            .Add(table.Definition.Name).Add(before).Add((long)entriesMax);
        await using var batch = Batch(
            new NpgsqlBatchCommand("BEGIN"),
            new NpgsqlBatchCommand(PostgresStatements.Lock).Add(table.LockKey),
            expire,
            new NpgsqlBatchCommand("COMMIT"));
        _ = await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return expire.RecordsAffected;
    }

    public async Task<List<Guid>> ReadOldRowsAsync(
        TargetTable table, Guid? after, DateTime began, int rowsMax, CancellationToken cancellationToken)
    {
        var command = new NpgsqlBatchCommand(PostgresStatements.OldRows(table, isFirst: after is null))
            .Add(began).Add((long)rowsMax);
        await using var batch = Batch(after is { } id ? command.Add(id, NpgsqlDbType.Uuid) : command);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    public async Task<long> CountRowsAsync(TargetTable table, CancellationToken cancellationToken)
    {
        await using var batch = Batch(new NpgsqlBatchCommand($"SELECT COUNT(*) FROM {table.Name}"));
        return (long)(await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private NpgsqlBatch Batch(params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = session.Connection.CreateBatch();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static DateTime? Unzoned(DateTime? instant) =>
        instant is { } told ? PostgresParameters.Unzoned(told) : null;
}

using System.Data;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using Microsoft.Data.SqlClient;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>Reads what is committed, and keeps the sync states, on a session outside any transaction.</summary>
internal sealed class SqlServerReader(SqlServerSession session, ReaderStatements statements)
{
    public async Task<DateTime> ReadNowAsync(string clock)
    {
        await using var command = session.CreateCommand($"SELECT {SqlServerStatements.Now(clock)};");
        var now = (DateTime)(await command.ExecuteScalarAsync().ConfigureAwait(false))!;
        return DateTime.SpecifyKind(now, DateTimeKind.Utc);
    }

    /// <summary>The saved states by table.</summary>
    public Task<List<TableSyncState>> ReadStatesAsync() => ReadAsync(
        statements.States,
        static reader => new TableSyncState
        {
            Table = reader.GetString(0),
            Phase = (TableSyncPhase)reader.GetInt32(1),
            NextLink = reader.TextOrNull(2),
            DeltaLink = reader.TextOrNull(3),
            BeganOn = reader.InstantOrNull(4),
            RowsDone = reader.GetInt64(5),
            RowsTotal = reader.GetInt64(6),
            IsResync = reader.GetBoolean(7),
            LastDeltaOn = reader.InstantOrNull(8),
            Message = reader.TextOrNull(9),
            Scope = reader.TextOrNull(10),
            RefreshedOn = reader.InstantOrNull(11),
            NewestId = reader.IsDBNull(12) ? null : reader.GetGuid(12),
            NewestVersion = new VersionNumber(reader.IsDBNull(13) ? 0 : reader.GetInt64(13)),
            DeltaHasIdsOnly = !reader.IsDBNull(14) && reader.GetBoolean(14),
        });

    /// <summary>
    /// Saves a state under the table's lock: merges before it see the old phase, and those after it the new.
    /// </summary>
    public async Task<bool> SaveStateAsync(TargetTable table, TableSyncState state, string clock)
    {
        await session.BeginAsync().ConfigureAwait(false);
        _ = await session.LockAsync([SqlServerStatements.ResourceOf(table)], clock).ConfigureAwait(false);
        _ = await SaveStateAsync(state).ConfigureAwait(false);
        await session.CommitAsync().ConfigureAwait(false);
        return true;
    }

    private Task<int> SaveStateAsync(TableSyncState state) => ExecuteAsync(
        statements.SaveState,
        Name("@EntityName", state.Table),
        Int("@Phase", (int)state.Phase),
        Text("@NextLink", state.NextLink),
        Text("@DeltaLink", state.DeltaLink),
        Instant("@BeganOn", state.BeganOn),
        BigInt("@RowsDone", state.RowsDone),
        BigInt("@RowsTotal", state.RowsTotal),
        Bit("@IsResync", state.IsResync),
        Instant("@LastDeltaOn", state.LastDeltaOn),
        Text("@Message", state.Message),
        Text("@Scope", state.Scope),
        Instant("@RefreshedOn", state.RefreshedOn),
        Id("@NewestId", state.NewestId),
        BigInt("@NewestVersion", state.NewestVersion.Value),
        Bit("@DeltaHasIdsOnly", state.DeltaHasIdsOnly));

    /// <summary>How many questions each table has that has any.</summary>
    public async Task<Dictionary<string, long>> CountQuestionsAsync() =>
        (await ReadAsync(statements.CountQuestions, static reader => (reader.GetString(0), reader.GetInt64(1)))
            .ConfigureAwait(false)).ToDictionary(static each => each.Item1, static each => each.Item2);

    public async Task<IReadOnlyList<PendingQuestion>> ReadPendingAsync(
        TargetTable table, long afterNumber, DateTime askedUntil, int rowsMax)
    {
        var name = table.Definition.Name;
        var questions = await ReadAsync(
            statements.OldestQuestions(table),
            reader => new PendingQuestion(
                name, reader.GetGuid(0), (UncertainReason)reader.GetInt32(1), reader.GetInt64(2), reader.Instant(3),
                reader.InstantOrNull(4)),
            Int("@RowsMax", rowsMax), Name("@EntityName", name), BigInt("@AfterNumber", afterNumber))
            .ConfigureAwait(false);

        // Numbers and times grow together: what follows the first younger one is younger still.
        return [.. questions.TakeWhile(question => question.AskedOn <= askedUntil)];
    }

    public async Task<IReadOnlyList<PendingSet>> ReadPendingSetsAsync(
        string table, long afterNumber, DateTime askedUntil, int setsMax) => await ReadAsync(
        statements.OldestSetQuestions,
        reader => new PendingSet(
            table, reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2), reader.Instant(3)),
        Int("@RowsMax", setsMax), Name("@EntityName", table), BigInt("@AfterNumber", afterNumber),
        Instant("@AskedUntil", askedUntil)).ConfigureAwait(false);

    public async Task<IReadOnlyList<Guid>> ReadSetAsync(TargetTable table, string column, Guid value) =>
        await ReadAsync(
            ReaderStatements.RowsOfSet(table, column), static reader => reader.GetGuid(0), Id("@Value", value))
            .ConfigureAwait(false);

    /// <summary>The next records by id whose rows are older than an instant.</summary>
    public Task<List<Guid>> ReadOldRowsAsync(TargetTable table, Guid afterId, DateTime began, int rowsMax) =>
        ReadAsync(
            ReaderStatements.OldRows(table),
            static reader => reader.GetGuid(0),
            Int("@RowsMax", rowsMax), Id("@AfterId", afterId), Instant("@Began", began));

    public async Task<long> CountRowsAsync(TargetTable table) =>
        (await ReadAsync(ReaderStatements.CountRows(table), static reader => reader.GetInt64(0))
            .ConfigureAwait(false))[0];

    /// <summary>Takes old entries of the delete log away, under the lock of those who look for tombstones.</summary>
    public async Task<int> ExpireDeletionsAsync(TargetTable table, DateTime before, int entriesMax, string clock)
    {
        await session.BeginAsync().ConfigureAwait(false);
        _ = await session.LockAsync([SqlServerStatements.ResourceOf(table)], clock).ConfigureAwait(false);
        var expired = await ExecuteAsync(
            statements.ExpireLog,
            Int("@RowsMax", entriesMax), Name("@EntityName", table.Definition.Name), Instant("@Before", before))
            .ConfigureAwait(false);
        await session.CommitAsync().ConfigureAwait(false);
        return expired;
    }

    /// <summary>Takes answered questions about sets of a table away.</summary>
    public Task<int> SettleSetsAsync(string table, IEnumerable<PendingSet> sets, TargetTypes types) => ExecuteAsync(
        statements.SettleSets,
        Name("@EntityName", table),
        types.SetQuestions.Parameter(
            "@Questions",
            sets,
            static (record, set) =>
            {
                record.SetString(0, set.Column);
                record.SetGuid(1, set.Value);
                record.SetInt64(2, set.Number);
            }));

    public Task<int> SettleSetsAskedBeforeAsync(string table, DateTime began) => ExecuteAsync(
        statements.SettleSetsAskedBefore, Name("@EntityName", table), Instant("@Began", began));

    private async Task<List<T>> ReadAsync<T>(
        string sql, Func<SqlDataReader, T> read, params SqlParameter[] parameters)
    {
        await using var command = session.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command
            .ExecuteReaderAsync(CommandBehavior.SingleResult).ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private async Task<int> ExecuteAsync(string sql, params SqlParameter[] parameters)
    {
        await using var command = session.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }
}

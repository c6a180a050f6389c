using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using static DataExport.Targets.SqlServer.SqlServerParameters;

namespace DataExport.Targets.SqlServer;

/// <summary>Looks at rows for a reconcile. It takes no table's lock: merges go on beside it.</summary>
internal sealed class SqlServerReconcile(
    SqlServerSession session, CompareStatements statements, TargetTypes types)
{
    /// <summary>Rows that one statement compares: more would take the server's memory from merges.</summary>
    private const int RowsMax = 1_000;

    public async Task<IReadOnlyList<HeldRow>> ReadHeldAsync(TargetTable table, IReadOnlyList<Guid> recordIds)
    {
        if (recordIds.Count == 0)
        {
            return [];
        }

        // A record may be asked for twice, and the answers come in any order.
        var held = new Dictionary<Guid, HeldRow>(recordIds.Count);
        await using var command = session.CreateCommand(statements.Held(table));
        command.Parameters.AddRange(
        [
            Name("@EntityName", table.Definition.Name),
            types.IdsOf(table).Parameter("@Ids", recordIds, static (record, id) => record.SetGuid(0, id)),
        ]);
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            var id = reader.GetGuid(0);
            var version = reader.IsDBNull(2) ? VersionNumber.None : new VersionNumber(reader.GetInt64(2));
            held[id] = new HeldRow(
                id, reader.GetInt32(1) == 1, version, reader.InstantOrNull(3), reader.GetInt32(4) == 1);
        }

        return [.. recordIds.Select(id => held[id])];
    }

    public async Task<IReadOnlyList<Guid>> ReadIdsAsync(TargetTable table, Guid? afterId, int rowsMax)
    {
        await using var command = session.CreateCommand(CompareStatements.Ids(table, isFirst: afterId is null));
        _ = command.Parameters.Add(Int("@RowsMax", rowsMax));
        if (afterId is { } after)
        {
            _ = command.Parameters.Add(Id("@AfterId", after));
        }

        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var ids = new List<Guid>();
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    /// <summary>
    /// Sends the rows as a merge sends them, by the table's type: so they have gone through the same types before they
    /// are compared, and no stage has to be locked.
    /// </summary>
    public async Task<IReadOnlyList<DifferentRow>> CompareAsync(TargetTable table, IReadOnlyList<SourceRow> rows)
    {
        var compared = ComparedRows.Of(table, rows, session.TakesCharacterZero);
        var different = new List<DifferentRow>(compared.TooLong);
        foreach (var some in compared.Writes.Chunk(RowsMax))
        {
            await AddDifferentAsync(table, some, different).ConfigureAwait(false);
        }

        return different;
    }

    private async Task AddDifferentAsync(TargetTable table, RowWrite[] rows, List<DifferentRow> different)
    {
        var columns = ComparedRows.ColumnsOf(table);
        var type = types.RowsOf(table);
        await using var command = session.CreateCommand(CompareStatements.DifferentRows(table));
        _ = command.Parameters.Add(
            type.Parameter("@Rows", RecordCells.Of(type, RowShape.Whole(table), rows)));
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
        {
            different.Add(new DifferentRow(
                reader.GetGuid(0),
                [
                    .. columns.Where((_, place) => reader.GetInt32(place + 1) == 1)
                        .Select(static column => column.Name.Name),
                ]));
        }
    }
}

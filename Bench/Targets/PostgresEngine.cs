using System.Globalization;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Merging;
using DataExport.Targets.Postgres;
using DataExport.Tests;
using Npgsql;

namespace DataExport.Bench.Targets;

/// <summary>
/// PostgreSQL, on a server of the bench's own that flushes every commit. The ceiling copies rows that were encoded
/// before.
/// </summary>
internal sealed class PostgresEngine(string connection) : IBenchEngine
{
    private const string CeilingPrefix = "raw";

    private readonly PostgresTargetOptions _options = new();

    /// <summary>The process that starts one for each connection.</summary>
    private readonly Lazy<int> _server = new(() => int.Parse(
        File.ReadLines(Path.Combine(new NpgsqlConnectionStringBuilder(connection).Host!, "data", "postmaster.pid"))
            .First(),
        CultureInfo.InvariantCulture));

    private PostgresSession? _session;
    private TargetTable? _table;
    private string _insert = "";
    private string _update = "";
    private string _new = "";

    public string Name => "postgres";

    public TimeSpan ServerCpu => ServerUsage.CpuOfChildren(_server.Value);

    public static async Task<PostgresEngine> StartAsync() => new(
        await PostgresServer.StartAsync("shared_buffers=1GB", "max_wal_size=8GB", "checkpoint_timeout=1h"));

    public async Task<ITarget> ProvisionAsync(TableDefinition table)
    {
        var text = PostgresTargetFactory.ReadConnection(connection, _options);
        await using (var ceiling = new PostgresTarget(text, Names(CeilingPrefix), _options))
        {
            _ = await ceiling.ProvisionAsync([table], CancellationToken.None);
        }

        if (_session is not null)
        {
            await _session.DisposeAsync();
        }

        _session = await PostgresSession.OpenAsync(text, _options, CancellationToken.None);
        _table = TargetTable.Of(table, Names(CeilingPrefix));
        await WriteStatementsAsync(_table);
        var target = new PostgresTarget(text, Names(""), _options);
        _ = await target.ProvisionAsync([table], CancellationToken.None);
        return target;
    }

    public object Ready(MergeItem[] batch)
    {
        var shape = RowShape.Whole(_table!);
        var walk = new RowWalk(shape);
        var cells = RowColumns.Of(shape).Length;
        var buffer = new CopyBuffer();
        var now = DateTime.UnixEpoch;
        buffer.Begin();
        foreach (var (_, id, evidence, columns, _) in batch)
        {
            buffer.BeginRow(cells);
            walk.Walk(new RowWrite(RowWriteKind.Insert, id, columns!, evidence.Version, null, now, now), buffer);
        }

        buffer.End();
        return buffer.Written.ToArray();
    }

    public async Task MergeRawAsync(object batch)
    {
        await ExecuteAsync("BEGIN");
        await CopyAsync(CopyColumns.CopyStatement(RowShape.Whole(_table!), "raw_stage"), (byte[])batch);
        await ExecuteAsync(CopyColumns.ByKeyAlone, _update, _new, "COMMIT");
    }

    public async Task LoadRawAsync(object page)
    {
        await ExecuteAsync("BEGIN");
        await CopyAsync(_insert, (byte[])page);
        await ExecuteAsync("COMMIT");
    }

    public ValueTask DisposeAsync() => _session?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static TargetNames Names(string prefix) => new(prefix, PostgresDialect.Instance, "dbo");

    private async Task WriteStatementsAsync(TargetTable table)
    {
        var shape = RowShape.Whole(table);
        _insert = CopyColumns.CopyStatement(shape, table.Name.ToString());
        _update = $"{CopyColumns.UpdateStatement(shape, "raw_stage")} AND s.versionnumber > t.versionnumber";
        var columns = string.Join(", ", table.Columns.Select(static column => column.Name));
        _new = $"INSERT INTO {table.Name} ({columns}) SELECT {columns} FROM raw_stage AS s "
            + $"WHERE NOT EXISTS (SELECT 1 FROM {table.Name} AS t WHERE t.Id = s.Id OFFSET 0)";
        await ExecuteAsync(CopyColumns.StageStatement(table, "raw_stage"));
    }

    private async Task CopyAsync(string statement, byte[] rows)
    {
        await using var copy = await _session!.Connection.BeginRawBinaryCopyAsync(statement);
        await copy.WriteAsync(rows);
    }

    private async Task ExecuteAsync(params string[] statements)
    {
        await using var batch = _session!.Connection.CreateBatch();
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        _ = await batch.ExecuteNonQueryAsync();
    }
}

using DataExport.Bench.Merge;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Sqlite;

namespace DataExport.Bench.Targets;

/// <summary>SQLite. The ceiling is a bare loop of prepared statements over a file of its own.</summary>
internal sealed class SqliteEngine : IBenchEngine
{
    private const int SentColumns = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("dataexport-bench-").FullName;
    private TableDefinition? _table;
    private RawLoop? _raw;

    public string Name => "sqlite";

    public async Task<ITarget> ProvisionAsync(TableDefinition table)
    {
        _raw?.Dispose();
        var rawFile = Path.Combine(_folder, $"{table.Name}-raw.db");
        await (await OpenAsync(rawFile, table)).DisposeAsync();
        (_table, _raw) = (table, RawLoop.Open(rawFile, table, SentColumns));
        return await OpenAsync(Path.Combine(_folder, $"{table.Name}.db"), table);
    }

    public object Ready(MergeItem[] batch)
    {
        var version = Array.FindIndex(
            [.. TargetTable.Of(_table!, new TargetNames("", SqliteDialect.Instance)).Columns],
            static column => column.Name.Name == TargetTable.VersionNumberColumn);
        var byValues = new Dictionary<ColumnValues, object?[]>();
        var rows = new object?[batch.Length][];
        for (var row = 0; row < batch.Length; row++)
        {
            var columns = batch[row].Columns!;
            if (!byValues.TryGetValue(columns, out var values))
            {
                byValues.Add(columns, values = RawLoop.ReadyValues(_table!, columns));
            }

            rows[row] = (object?[])values.Clone();
            rows[row][version] = batch[row].Evidence.Version.Value;
        }

        return (batch, rows);
    }

    public Task MergeRawAsync(object batch)
    {
        var (items, rows) = ((MergeItem[], object?[][]))batch;
        return Task.Run(() => _raw!.Merge(items, rows));
    }

    public Task LoadRawAsync(object page)
    {
        var (items, rows) = ((MergeItem[], object?[][]))page;
        return Task.Run(() => _raw!.Insert(items, rows));
    }

    public ValueTask DisposeAsync()
    {
        _raw?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static async Task<ITarget> OpenAsync(string file, TableDefinition table)
    {
        var target = new SqliteTarget(file, "", new SqliteTargetOptions(), TimeProvider.System);
        _ = await target.ProvisionAsync([table], CancellationToken.None);
        return target;
    }
}

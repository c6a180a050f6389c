using System.Data.Common;
using DataExport.Targets.Control;
using Microsoft.Extensions.Options;

namespace DataExport.Targets.Tests.Control;

/// <summary>A control database as a test sees it: through our code, and beside it as a reader does.</summary>
internal sealed class ControlProbe(ControlDatabaseOptions options)
{
    public FakeClock Clock { get; } = new();

    public ControlDialect Dialect { get; } = ControlDialects.Of(options);

    /// <summary>As another silo has it.</summary>
    public IControlDatabase Open() => new ControlDatabase(Options.Create(options), Clock);

    /// <summary>Brings the schema to an earlier version, or a later one.</summary>
    public async Task UpgradeAsync(params string[] scripts)
    {
        await using var session = await ControlSession.OpenAsync(Dialect, CancellationToken.None);
        await new ControlSchema([.. scripts], Clock).UpgradeAsync(session, CancellationToken.None);
    }

    /// <summary>The first column of the first row, as text; names need no quotes.</summary>
    public async Task<string?> AskAsync(string sql) => (await RowsAsync(sql)).FirstOrDefault();

    /// <summary>The rows of a query: their values with bars between them.</summary>
    public async Task<List<string>> RowsAsync(string sql)
    {
        await using var connection = await Dialect.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql.Replace("$", Dialect.Schema + ".", StringComparison.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => Shown(reader, column))));
        }

        return rows;
    }

    public Task RunAsync(string sql) => RowsAsync(sql);

    private static string Shown(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        DBNull => "null",
        DateTime instant => $"{instant:yyyy-MM-dd HH:mm:ss.fff}",
        bool flag => flag ? "1" : "0",
        double number => $"{number:0.###}",
        var value => $"{value}",
    };
}

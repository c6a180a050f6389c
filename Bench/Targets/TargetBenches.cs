namespace DataExport.Bench.Targets;

/// <summary>How fast each engine's target writes, beside the engine's own ceiling in the same run.</summary>
internal static class TargetBenches
{
    private const int BatchRows = 1_000;
    private const int PageRows = 5_000;
    private const int Batches = 80;
    private const int WarmUpBatches = 30;
    private const int Pages = 24;
    private const int WarmUpPages = 8;
    private const int RowsBefore = 20_000;
    private const double NewShare = 0.2;

    /// <summary>How many columns the tables have, unless the environment variable names others.</summary>
    private static readonly int[] _columns =
        [.. (Environment.GetEnvironmentVariable("DATAEXPORT_BENCH_COLUMNS") ?? "10,60,215")
            .Split(',').Select(int.Parse)];

    /// <summary>Merges of whole rows, of which a fifth is new: a line an engine and width.</summary>
    public static Task MergeAsync() => EachAsync(async (engine, rows) =>
    {
        await using var target = await engine.ProvisionAsync(rows.Table);
        var filling = new TargetRace(engine, target);
        for (var loaded = 0; loaded < RowsBefore; loaded += PageRows)
        {
            await filling.RunAsync(rows.NewRows(PageRows), engine.LoadRawAsync, isMeasured: false);
        }

        var race = new TargetRace(engine, target);
        for (var number = 0; number < Batches; number++)
        {
            await race.RunAsync(rows.Mixed(BatchRows, NewShare), engine.MergeRawAsync, number >= WarmUpBatches);
        }

        race.Print("merge 20/80", rows);
    });

    /// <summary>Pages into an empty table: a line an engine and width.</summary>
    public static Task BulkAsync() => EachAsync(async (engine, rows) =>
    {
        await using var target = await engine.ProvisionAsync(rows.Table);
        var race = new TargetRace(engine, target);
        for (var number = 0; number < Pages; number++)
        {
            await race.RunAsync(rows.NewRows(PageRows), engine.LoadRawAsync, number >= WarmUpPages);
        }

        race.Print("bulk load", rows);
    });

    private static async Task EachAsync(Func<IBenchEngine, BenchRows, Task> measure)
    {
        await foreach (var engine in BenchEngines.StartAsync())
        {
            await using (engine)
            {
                foreach (var columns in _columns)
                {
                    await measure(engine, new BenchRows(columns));
                }
            }
        }
    }
}

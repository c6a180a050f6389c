using DataExport.Grains.Ports;

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
    private const int FlatColumns = 10;
    private const int FlatBatches = 60;

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

        await MixAsync(engine, target, rows, Batches, "merge 20/80");
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

    /// <summary>How many rows a table has, unless the environment variable names others.</summary>
    private static int[] Sizes =>
        [.. (Environment.GetEnvironmentVariable("DATAEXPORT_BENCH_SIZES") ?? "10000,100000,1000000,5000000")
            .Split(',').Select(int.Parse)];

    /// <summary>
    /// The same merge into tables of more and more rows: a line an engine and size. The ceiling's table grows with the
    /// product's, so what the engine's own index costs stands beside it.
    /// </summary>
    public static async Task FlatAsync()
    {
        await foreach (var engine in BenchEngines.StartAsync())
        {
            await using (engine)
            {
                await FlatAsync(engine, new BenchRows(FlatColumns));
            }
        }
    }

    private static async Task FlatAsync(IBenchEngine engine, BenchRows rows)
    {
        await using var target = await engine.ProvisionAsync(rows.Table);
        foreach (var size in Sizes)
        {
            while (rows.Count < size)
            {
                var page = rows.NewRows(Math.Min(PageRows, size - rows.Count));
                await new TargetRace(engine, target).RunAsync(page, engine.LoadRawAsync, isMeasured: false);
            }

            await MixAsync(engine, target, rows, FlatBatches, $"merge 20/80 over {size:N0} rows", ("rowsBefore", size));
        }
    }

    private static async Task MixAsync(
        IBenchEngine engine, ITarget target, BenchRows rows, int batches, string name,
        params (string Name, double? Value)[] more)
    {
        var race = new TargetRace(engine, target);
        for (var number = 0; number < batches; number++)
        {
            await race.RunAsync(rows.Mixed(BatchRows, NewShare), engine.MergeRawAsync, number >= WarmUpBatches);
        }

        race.Print(name, rows, more);
    }

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

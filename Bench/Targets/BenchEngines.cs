namespace DataExport.Bench.Targets;

/// <summary>The engines that can be measured here.</summary>
internal static class BenchEngines
{
    private const string Variable = "DATAEXPORT_BENCH_ENGINES";

    /// <summary>
    /// One after the other, each from its own start: all, or those that the environment variable names, with commas
    /// between.
    /// </summary>
    public static async IAsyncEnumerable<IBenchEngine> StartAsync()
    {
        var chosen = (Environment.GetEnvironmentVariable(Variable) ?? "sqlite,postgres").Split(',');
        if (chosen.Contains("sqlite"))
        {
            yield return new SqliteEngine();
        }

        if (chosen.Contains("postgres"))
        {
            yield return await PostgresEngine.StartAsync();
        }
    }
}

namespace DataExport.Bench.Targets;

/// <summary>The engines that can be measured here.</summary>
internal static class BenchEngines
{
    private const string Variable = "DATAEXPORT_BENCH_ENGINES";

    /// <summary>
    /// One after the other, each from its own start: all, or those that the environment variable names, with commas
    /// between. SQL Server is measured if the tests are told of one.
    /// </summary>
    public static async IAsyncEnumerable<IBenchEngine> StartAsync()
    {
        var chosen = (Environment.GetEnvironmentVariable(Variable) ?? "sqlite,postgres,sqlserver").Split(',');
        if (chosen.Contains("sqlite"))
        {
            yield return new SqliteEngine();
        }

        if (chosen.Contains("postgres"))
        {
            yield return await PostgresEngine.StartAsync();
        }

        if (chosen.Contains("sqlserver")
            && Environment.GetEnvironmentVariable(SqlServerEngine.Variable) is { Length: > 0 } server)
        {
            yield return await SqlServerEngine.StartAsync(server);
        }
    }
}

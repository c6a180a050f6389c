namespace DataExport.Grains.Tests.Model;

/// <summary>A claim about the SQL Server that an environment variable names; skipped by its name without one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SqlServerFactAttribute : FactAttribute
{
    public SqlServerFactAttribute() => Skip = string.IsNullOrEmpty(Connection)
        ? $"{SqlServerModelTarget.Variable} names no SQL Server."
        : null;

    public static string? Connection => Environment.GetEnvironmentVariable(SqlServerModelTarget.Variable);
}

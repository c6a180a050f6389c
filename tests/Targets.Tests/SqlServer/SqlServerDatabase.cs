using DataExport.Targets.Tests.Contract;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.Tests.SqlServer;

/// <summary>A database for the tests of one class, if there is a server.</summary>
public sealed class SqlServerDatabase : IAsyncLifetime
{
    private const int DropsMax = 500;

    private readonly string _name = $"dataexport_{Guid.NewGuid():N}"[..20];

    /// <summary>The connection string of the database.</summary>
    public string Connection => new SqlConnectionStringBuilder(NeedsSqlServerAttribute.Connection)
    {
        InitialCatalog = _name,
    }.ConnectionString;

    public async Task InitializeAsync()
    {
        if (!string.IsNullOrEmpty(NeedsSqlServerAttribute.Connection))
        {
            await ExecuteAsync($"CREATE DATABASE {_name}");
        }
    }

    public async Task DisposeAsync()
    {
        if (string.IsNullOrEmpty(NeedsSqlServerAttribute.Connection))
        {
            return;
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // The server may take a moment to notice that connections are closed.
                SqlConnection.ClearAllPools();
                await ExecuteAsync($"DROP DATABASE {_name}");
                return;
            }
            catch (SqlException) when (attempt < DropsMax)
            {
                // Asking again takes a way to the server and back, which is what it needs.
            }
        }
    }

    private static async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqlConnection(NeedsSqlServerAttribute.Connection);
        await connection.OpenAsync();
        await using var command = new SqlCommand(sql, connection) { CommandTimeout = 120 };
        _ = await command.ExecuteNonQueryAsync();
    }
}

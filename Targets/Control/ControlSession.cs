using System.Data.Common;
using System.Globalization;

namespace DataExport.Targets.Control;

/// <summary>One connection to the control database. For one caller at a time.</summary>
internal sealed class ControlSession(ControlDialect dialect, DbConnection connection) : IAsyncDisposable
{
    private DbTransaction? _transaction;

    public ControlDialect Dialect => dialect;

    /// <summary>Opens one.</summary>
    public static async Task<ControlSession> OpenAsync(
        ControlDialect dialect, CancellationToken cancellationToken) =>
        new(dialect, await dialect.OpenAsync(cancellationToken));

    /// <summary>Waits for the lock; what follows is one transaction up to <see cref="CommitAsync"/>.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken) =>
        _transaction = await dialect.BeginAsync(connection, cancellationToken);

    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await _transaction!.CommitAsync(cancellationToken);
        await _transaction.DisposeAsync();
        _transaction = null;
    }

    /// <summary>Runs statements that answer nothing.</summary>
    public async Task RunAsync(string sql, CancellationToken cancellationToken, params ControlValue[] values)
    {
        await using var command = Command(sql, values);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Writes a row.</summary>
    public Task RunAsync(string sql, ControlTable table, object?[] row, CancellationToken cancellationToken) =>
        RunAsync(sql, cancellationToken, [.. table.Columns.Zip(row, static (column, value) => column.With(value))]);

    /// <summary>The number that a query answers; 0 for null.</summary>
    public async Task<long> NumberAsync(
        string sql, CancellationToken cancellationToken, params ControlValue[] values)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteScalarAsync(cancellationToken) is { } number and not DBNull
            ? Convert.ToInt64(number, CultureInfo.InvariantCulture)
            : 0;
    }

    /// <summary>The rows of a query, of an id and a time each.</summary>
    public async Task<Dictionary<string, DateTime>> TimesAsync(string sql, CancellationToken cancellationToken)
    {
        var times = new Dictionary<string, DateTime>(StringComparer.Ordinal);
        await using var command = Command(sql, []);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            times[reader.GetString(0)] = DateTime.SpecifyKind(reader.GetDateTime(1), DateTimeKind.Utc);
        }

        return times;
    }

    /// <summary>Takes back what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync();
        }

        await connection.DisposeAsync();
    }

    private DbCommand Command(string sql, ControlValue[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = dialect.TextOf(sql);
        command.CommandTimeout = (int)dialect.Patience.TotalSeconds;
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + value.Column.Name;
            dialect.Bind(parameter, value.Column.Type, value.Stored);
            _ = command.Parameters.Add(parameter);
        }

        return command;
    }
}

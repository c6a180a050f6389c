using System.Data.Common;
using System.Globalization;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Postgres;
using Npgsql;

namespace DataExport.Grains.Tests.Model;

/// <summary>In a schema of a PostgreSQL server, which reads the schedule's clock from a table.</summary>
internal sealed class PostgresModelTarget : ModelTarget
{
    private readonly string _schema = $"m_{Guid.NewGuid():N}";
    private readonly ModelClock _clock;
    private readonly NpgsqlConnection _teller;
    private readonly string _connection;

    public PostgresModelTarget(string connection, ModelClock clock)
    {
        _clock = clock;
        _connection = new NpgsqlConnectionStringBuilder(connection) { SearchPath = _schema, Pooling = false }
            .ConnectionString;
        _teller = new NpgsqlConnection(_connection);
        _teller.Open();
        Tell($"CREATE SCHEMA {_schema}; CREATE TABLE fake_clock (now timestamp NOT NULL)");
        Tell("INSERT INTO fake_clock VALUES (now())");
        _clock.Changed += TellClock;
        TellClock();
        var options = new PostgresTargetOptions();
        Target = new PostgresTarget(
            PostgresTargetFactory.ReadConnection(_connection, options),
            new TargetNames("", PostgresDialect.Instance, _schema),
            options,
            $"(SELECT now FROM {_schema}.fake_clock)");
    }

    public override ITarget Target { get; }

    protected override DbConnection Connect() => new NpgsqlConnection(_connection);

    protected override void Drop()
    {
        _clock.Changed -= TellClock;
        Tell($"DROP SCHEMA {_schema} CASCADE");
        _teller.Dispose();
    }

    private void TellClock() => Tell(string.Create(
        CultureInfo.InvariantCulture,
        $"UPDATE fake_clock SET now = '{_clock.GetUtcNow().UtcDateTime:yyyy-MM-dd HH:mm:ss.fff}'"));

    private void Tell(string sql)
    {
        using var command = new NpgsqlCommand(sql, _teller);
        _ = command.ExecuteNonQuery();
    }
}

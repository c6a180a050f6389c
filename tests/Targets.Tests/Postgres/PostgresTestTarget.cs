using System.Data.Common;
using System.Globalization;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Postgres;
using DataExport.Targets.Tests.Contract;
using Npgsql;

namespace DataExport.Targets.Tests.Postgres;

/// <summary>A target in a schema of its own. The test's clock stands in a table, from which the target reads it.</summary>
public sealed class PostgresTestTarget : TestTarget
{
    private readonly string _schema = $"t_{Guid.NewGuid():N}";
    private readonly string _connection;

    public PostgresTestTarget(string connection)
    {
        _connection = new NpgsqlConnectionStringBuilder(connection) { SearchPath = _schema, Pooling = false }
            .ConnectionString;
        Execute($"CREATE SCHEMA {_schema}; CREATE TABLE fake_clock (now timestamp NOT NULL)");
        Execute("INSERT INTO fake_clock VALUES (now())");
        Clock.Changed += TellClock;
        TellClock();
    }

    public PostgresTargetOptions Options { get; } = new();

    public override int AskRowsMax
    {
        set => Options.AskRowsMax = value;
    }

    public override ITarget NewInstance(string prefix = Prefix) => NewInstance(prefix, $"(SELECT now FROM {_schema}.fake_clock)");

    /// <summary>An instance that reads the server's own clock.</summary>
    public ITarget NewInstance(string prefix, string clock) => new PostgresTarget(
        PostgresTargetFactory.ReadConnection(_connection, Options),
        new TargetNames(prefix, PostgresDialect.Instance, _schema), Options, clock);

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(_connection);
        connection.Open();
        return connection;
    }

    protected override void Drop() => Execute($"DROP SCHEMA {_schema} CASCADE");

    private void TellClock() => Execute(string.Create(
        CultureInfo.InvariantCulture, $"UPDATE fake_clock SET now = '{Clock.Now:yyyy-MM-dd HH:mm:ss.ffffff}'"));
}

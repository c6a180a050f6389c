using System.Data.Common;
using System.Globalization;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.SqlServer;
using Microsoft.Data.SqlClient;

namespace DataExport.Grains.Tests.Model;

/// <summary>In a schema of a SQL Server, which reads the schedule's clock from a table.</summary>
internal sealed class SqlServerModelTarget : ModelTarget
{
    public const string Variable = "DATAEXPORT_TEST_SQLSERVER";

    /// <summary>What <c>datetime</c> holds exactly.</summary>
    private const int StepMilliseconds = 10;

    private readonly string _schema = $"m_{Guid.NewGuid():N}"[..14];
    private readonly ModelClock _clock;
    private readonly SqlConnection _teller;
    private readonly string _connection;

    public SqlServerModelTarget(string connection, ModelClock clock)
    {
        (_clock, _connection) = (clock, connection);
        _teller = new SqlConnection(connection);
        _teller.Open();
        Tell($"CREATE SCHEMA {_schema}");
        Tell($"CREATE TABLE {_schema}.FakeClock (Id int NOT NULL PRIMARY KEY, Now datetime2 NOT NULL)");
        Tell($"INSERT INTO {_schema}.FakeClock VALUES (1, SYSUTCDATETIME())");
        _clock.StepMilliseconds = StepMilliseconds;
        _clock.Changed += TellClock;
        TellClock();
        Target = new SqlServerTarget(
            SqlServerTargetFactory.ReadConnection(connection),
            new TargetNames("", SqlServerDialect.Instance, _schema),
            new SqlServerTargetOptions(),
            $"(SELECT Now FROM {_schema}.FakeClock)");
    }

    public override ITarget Target { get; }

    protected override string Schema => $"{_schema}.";

    protected override string Begin => "BEGIN TRANSACTION";

    protected override DbConnection Connect() => new SqlConnection(_connection);

    protected override void Drop()
    {
        // What is left in its schema goes with the server's test database.
        _clock.Changed -= TellClock;
        _teller.Dispose();
    }

    private void TellClock() => Tell(string.Create(
        CultureInfo.InvariantCulture,
        $"UPDATE {_schema}.FakeClock SET Now = '{_clock.GetUtcNow().UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}'"));

    private void Tell(string sql)
    {
        using var command = new SqlCommand(sql, _teller);
        _ = command.ExecuteNonQuery();
    }
}

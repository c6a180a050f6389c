using System.Data.Common;
using System.Globalization;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.Postgres;
using DataExport.Targets.Tests.Contract;
using Npgsql;

namespace DataExport.Targets.Tests.Postgres;

/// <summary>
/// A target in a schema of its own. The test's clock stands in a table, from which the target reads it.
/// </summary>
public sealed class PostgresTestTarget : TestTarget
{
    private readonly string _schema = $"t_{Guid.NewGuid():N}";
    private readonly string _connection;

    public PostgresTestTarget(string connection)
    {
        _connection = new NpgsqlConnectionStringBuilder(connection)
        {
            SearchPath = _schema, ApplicationName = _schema,
        }.ConnectionString;
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

    public override int PageRowsMin
    {
        set => Options.PageRowsMin = value;
    }

    internal override TargetDialect Dialect => PostgresDialect.Instance;

    public override int ColumnsMax => 1_574;

    public override string Yes => "true";

    public string Schema => _schema;

    public override void WaitForLocks()
    {
        // They do.
    }

    public override string Catalogue() => string.Join('\n', Rows(
        $"""
        SELECT format('%s %s %s %s %s %s', c.relname, c.relkind, c.reltuples, a.attnum, a.attname,
            format_type(a.atttypid, a.atttypmod)) AS line
        FROM pg_class AS c LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relnamespace = '{_schema}'::regnamespace ORDER BY 1
        """).Select(static row => row["line"]));

    /// <summary>The declared type of a column, as the catalogue has it.</summary>
    public string TypeOf(string column, string table = "crm_contact") => (string)Rows(
        $"""
        SELECT format_type(atttypid, atttypmod) AS type FROM pg_attribute
        WHERE attrelid = '{table}'::regclass AND attname = '{column}'
        """).Single()["type"]!;

    /// <summary>Whether instances read the server's clock, as in daily work.</summary>
    public bool UsesServerClock { get; init; }

    public override ITarget NewInstance(string prefix = Prefix) => NewInstance(
        prefix, UsesServerClock ? PostgresTarget.ServerClock : $"(SELECT now FROM {_schema}.fake_clock)");

    /// <summary>An instance with a clock of its own.</summary>
    public ITarget NewInstance(string prefix, string clock) => new PostgresTarget(
        PostgresTargetFactory.ReadConnection(_connection, Options),
        new TargetNames(prefix, PostgresDialect.Instance, _schema), Options, clock, Extras);

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(_connection);
        connection.Open();
        return connection;
    }

    protected override void Drop()
    {
        Execute($"DROP SCHEMA {_schema} CASCADE");
        using var pooled = new NpgsqlConnection(_connection);
        NpgsqlConnection.ClearPool(pooled);
    }

    private void TellClock() => Execute(string.Create(
        CultureInfo.InvariantCulture, $"UPDATE fake_clock SET now = '{Clock.Now:yyyy-MM-dd HH:mm:ss.ffffff}'"));
}

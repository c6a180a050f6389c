using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using DataExport.Grains.Ports;
using DataExport.Targets.Layout;
using DataExport.Targets.SqlServer;
using DataExport.Targets.Tests.Contract;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.Tests.SqlServer;

/// <summary>
/// A target in a schema of its own. The test's clock stands in a table, from which the target reads it.
/// </summary>
public sealed partial class SqlServerTestTarget : TestTarget
{
    private readonly string _connection;

    /// <param name="connection">The database.</param>
    public SqlServerTestTarget(string connection)
    {
        _connection = connection;
        Clock.Round = SqlServerDialect.Instance.RoundInstant;
        Execute($"CREATE SCHEMA {Schema}");
        Execute($"CREATE TABLE {Schema}.FakeClock (Id int NOT NULL PRIMARY KEY, Now datetime2 NOT NULL)");
        Execute($"INSERT INTO {Schema}.FakeClock VALUES (1, SYSUTCDATETIME())");
        Clock.Changed += TellClock;
        TellClock();
    }

    public string Schema { get; } = $"t_{Guid.NewGuid():N}"[..14];

    public SqlServerTargetOptions Options { get; } = new();

    public override int AskRowsMax
    {
        set => Options.AskRowsMax = value;
    }

    public override int PageRowsMin
    {
        set => Options.PageRowsMin = value;
    }

    public override int ColumnsMax => 1_007;

    internal override TargetDialect Dialect => SqlServerDialect.Instance;

    public override void WaitForLocks() =>
        (Options.LockTimeout, Options.CommandTimeout) = (TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));

    public override string Catalogue() => string.Join('\n', Rows(
        $"""
        SELECT TABLE_NAME AS TableName, COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH AS Letters,
            NUMERIC_SCALE AS Scale, IS_NULLABLE
        FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = '{Schema}' ORDER BY TABLE_NAME, ORDINAL_POSITION
        """).Select(static row => string.Join(' ', row.Values)));

    public override ITarget NewInstance(string prefix = Prefix) =>
        NewInstance(prefix, $"(SELECT Now FROM {Schema}.FakeClock)");

    /// <summary>An instance with a clock of its own.</summary>
    public ITarget NewInstance(string prefix, string clock) => new SqlServerTarget(
        SqlServerTargetFactory.ReadConnection(_connection),
        new TargetNames(prefix, SqlServerDialect.Instance, Schema), Options, clock, Extras);

    public override DbConnection Open()
    {
        var connection = new SqlConnection(_connection);
        connection.Open();
        return connection;
    }

    /// <summary>What is left goes with the database.</summary>
    protected override void Drop()
    {
    }

    protected override string Qualified(string sql) => Names().Replace(sql, $"{Schema}.$0");

    /// <summary>Names of the profile's tables that have no schema before them.</summary>
    [GeneratedRegex("""(?<![\w."'])crm_\w+|(?<![\w.])"crm_(?:[^"]|"")+"(?!\.)""")]
    private static partial Regex Names();

    private void TellClock() => Execute(string.Create(
        CultureInfo.InvariantCulture,
        $"UPDATE {Schema}.FakeClock SET Now = '{Clock.Now:yyyy-MM-ddTHH:mm:ss.fffffff}' WHERE Id = 1"));
}

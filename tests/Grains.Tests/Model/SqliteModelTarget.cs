using System.Data.Common;
using DataExport.Grains.Ports;
using DataExport.Targets.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace DataExport.Grains.Tests.Model;

/// <summary>In a file.</summary>
internal sealed class SqliteModelTarget : ModelTarget
{
    private readonly string _directory = Directory.CreateTempSubdirectory("dataexport-model-").FullName;
    private readonly string _connection;

    public SqliteModelTarget(ModelClock clock)
    {
        _connection = $"Data Source={Path.Combine(_directory, "target.db")}";
        var profile = new ExportProfile { DestinationType = "sqlite", DestinationConnection = _connection };
        Target = new SqliteTargetFactory(Options.Create(new SqliteTargetOptions()), clock).Open(profile);
    }

    public override ITarget Target { get; }

    protected override string Begin => "BEGIN IMMEDIATE";

    protected override DbConnection Connect() => new SqliteConnection(_connection);

    protected override object Parameter(Guid id) => id.ToString("D");

    protected override void Drop()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}

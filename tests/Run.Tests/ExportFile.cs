using System.Globalization;
using System.Text;
using DataExport.Sandbox;
using Microsoft.Data.Sqlite;

namespace DataExport.Run.Tests;

/// <summary>A Sandbox, and a SQLite file that holds what a right export of it holds, until a test spoils it.</summary>
internal sealed class ExportFile : IDisposable
{
    public const string Prefix = "crm";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("dataexport-test-");

    public ExportFile(long rows)
    {
        Sandbox = new DataverseSandbox(new DataverseSandboxOptions { Seed = 3 }, TimeProvider.System);
        Sandbox.Seed(rows);
        foreach (var table in Sandbox.Tables)
        {
            Write(table);
        }
    }

    public DataverseSandbox Sandbox { get; }

    public string File => Path.Combine(_directory.FullName, "export.db");

    /// <summary>Runs a statement that has to touch exactly one row, or for statements on tables none.</summary>
    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        _ = command.ExecuteNonQuery();
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    private void Write(SandboxTable table)
    {
        using var connection = Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        var columns = table.Columns
            .Where(column => column.IsReadable && column.Type is not SandboxColumnType.Image).ToArray();
        command.CommandText = DefinitionOf(table, columns);
        _ = command.ExecuteNonQuery();
        foreach (var record in Sandbox.Records(table))
        {
            command.CommandText = InsertOf(table, columns, record);
            _ = command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static string DefinitionOf(SandboxTable table, SandboxColumn[] columns)
    {
        var sql = new StringBuilder(
            $"CREATE TABLE {Prefix}_{table.Name} (Id uniqueidentifier, SinkCreatedOn datetime, ");
        sql.Append("SinkModifiedOn datetime");
        foreach (var column in columns)
        {
            sql.Append(CultureInfo.InvariantCulture, $", \"{column.Name}\" {TypeOf(column)}");
            sql.Append(IsReference(column) ? $", \"{column.Name}_entitytype\" nvarchar(128)" : "");
        }

        return sql.Append(')').ToString();
    }

    private string InsertOf(SandboxTable table, SandboxColumn[] columns, SandboxRecord record)
    {
        var sql = new StringBuilder($"INSERT INTO {Prefix}_{table.Name} VALUES ('{record.Id:D}', 'now', 'now'");
        foreach (var column in columns)
        {
            var value = Sandbox.Value(table, record, column);
            sql.Append(", ").Append(Literal(value));
            if (IsReference(column))
            {
                sql.Append(", ").Append(value.IsNull ? "NULL" : $"'{value.LookupTable}'");
            }
        }

        return sql.Append(')').ToString();
    }

    private static string TypeOf(SandboxColumn column) => column.Type switch
    {
        SandboxColumnType.Decimal or SandboxColumnType.Double or SandboxColumnType.Money => "decimal(38,2)",
        SandboxColumnType.Integer or SandboxColumnType.BigInt or SandboxColumnType.Boolean => "bigint",
        SandboxColumnType.Picklist or SandboxColumnType.State or SandboxColumnType.Status => "int",
        _ => "nvarchar(4000)",
    };

    private static bool IsReference(SandboxColumn column) =>
        column.Type is SandboxColumnType.Lookup or SandboxColumnType.Customer or SandboxColumnType.Owner;

    private static string Literal(SandboxValue value) => value.Kind switch
    {
        SandboxValueKind.Null => "NULL",
        SandboxValueKind.Boolean => value.Boolean ? "1" : "0",
        SandboxValueKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
        SandboxValueKind.Decimal => value.Decimal.ToString(CultureInfo.InvariantCulture),
        SandboxValueKind.Double => value.Double.ToString("R", CultureInfo.InvariantCulture),
        SandboxValueKind.DateTime => $"'{value.DateTime:yyyy-MM-dd HH:mm:ss.fff}'",
        SandboxValueKind.Options => $"'{string.Join(';', value.Text.Split(',').Select(int.Parse).Order())}'",
        SandboxValueKind.Text => $"'{value.Text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => $"'{value.Guid:D}'",
    };
}

using System.Data;
using System.Globalization;
using Microsoft.Data.SqlClient;

namespace DataExport.Targets.SqlServer;

/// <summary>Statements with their parameters, each of its exact type and of one length: one plan serves all.</summary>
internal static class SqlServerParameters
{
    /// <summary>What the names of tables and columns have room in.</summary>
    private const int NameLength = 128;

    private const int ResourceLength = 255;
    private const int AnyLength = -1;

    public static SqlBatch Add(this SqlBatch batch, string sql, params ReadOnlySpan<SqlParameter> parameters)
    {
        var command = new SqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            _ = command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
        return batch;
    }

    public static SqlParameter Name(string name, string value) =>
        new(name, SqlDbType.NVarChar, NameLength) { Value = value };

    /// <summary>The name of the lock at a place.</summary>
    public static SqlParameter Resource(int place, string name) => new(
        string.Create(CultureInfo.InvariantCulture, $"@Resource{place}"), SqlDbType.NVarChar, ResourceLength)
    {
        Value = name,
    };

    public static SqlParameter Text(string name, string? value) =>
        new(name, SqlDbType.NVarChar, AnyLength) { Value = (object?)value ?? DBNull.Value };

    public static SqlParameter Int(string name, int value) => new(name, SqlDbType.Int) { Value = value };

    public static SqlParameter BigInt(string name, long value) => new(name, SqlDbType.BigInt) { Value = value };

    public static SqlParameter Bit(string name, bool value) => new(name, SqlDbType.Bit) { Value = value };

    public static SqlParameter Id(string name, Guid? value) =>
        new(name, SqlDbType.UniqueIdentifier) { Value = value is { } id ? id : DBNull.Value };

    /// <summary>
    /// Never <c>datetime2</c>: SQL Server would compare a column's 300ths of a second with it as what they are, and
    /// equal times would not be equal.
    /// </summary>
    public static SqlParameter Instant(string name, DateTime? value) => new(name, SqlDbType.DateTime)
    {
        Value = value is { } instant ? SqlServerDialect.Instance.RoundInstant(instant) : DBNull.Value,
    };

    /// <summary>A time of a column without a zone, which holds UTC.</summary>
    public static DateTime? InstantOrNull(this SqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Instant(column);

    public static DateTime Instant(this SqlDataReader reader, int column) =>
        DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);

    public static string? TextOrNull(this SqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}

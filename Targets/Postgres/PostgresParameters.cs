using Npgsql;
using NpgsqlTypes;

namespace DataExport.Targets.Postgres;

/// <summary>Statements with their parameters, by place, without boxing where there are many.</summary>
internal static class PostgresParameters
{
    public static NpgsqlBatchCommand Add<T>(this NpgsqlBatchCommand command, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type });
        return command;
    }

    public static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, string text) =>
        command.Add(text, NpgsqlDbType.Text);

    public static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, long number) =>
        command.Add(number, NpgsqlDbType.Bigint);

    public static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, DateTime instant) =>
        command.Add(Unzoned(instant), NpgsqlDbType.Timestamp);

    public static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, Guid[] ids) =>
        command.Add(ids, NpgsqlDbType.Array | NpgsqlDbType.Uuid);

    public static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, long[] numbers) =>
        command.Add(numbers, NpgsqlDbType.Array | NpgsqlDbType.Bigint);

    public static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, int[] numbers) =>
        command.Add(numbers, NpgsqlDbType.Array | NpgsqlDbType.Integer);

    public static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, string[] texts) =>
        command.Add(texts, NpgsqlDbType.Array | NpgsqlDbType.Text);

    public static NpgsqlBatchCommand Add(this NpgsqlBatchCommand command, DateTime[] instants) => command.Add(
        Array.ConvertAll(instants, Unzoned), NpgsqlDbType.Array | NpgsqlDbType.Timestamp);

    public static NpgsqlBatchCommand AddNullable(this NpgsqlBatchCommand command, object? value, NpgsqlDbType type)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    /// <summary>The driver takes no UTC for columns without a zone, though UTC is what they hold.</summary>
    public static DateTime Unzoned(DateTime instant) => DateTime.SpecifyKind(instant, DateTimeKind.Unspecified);

    /// <summary>A time of a column without a zone, which holds UTC.</summary>
    public static DateTime? InstantOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.Instant(column);

    public static DateTime Instant(this NpgsqlDataReader reader, int column) =>
        DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc);

    public static string? TextOrNull(this NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.GetString(column);
}

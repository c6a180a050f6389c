using System.Globalization;
using DataExport.Targets.Postgres;
using DataExport.Tests;
using Npgsql;

namespace DataExport.Targets.Tests.Postgres;

/// <summary>What the server reads out of the binary form of COPY.</summary>
public sealed class CopyBufferTests
{
    private const int ScaleMax = 28;

    [Fact]
    public async Task Add_DecimalsOfEveryScale_AreReadDigitByDigit()
    {
        var numbers = Enumerable.Range(0, ScaleMax + 1).SelectMany(NumbersOf).ToList();

        var read = await CopyAsync("numeric", numbers, static (buffer, number) => buffer.Add(number));

        read.ShouldBe(numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Add_TimesAtTheEndsOfTime_AreReadToTheMicrosecond()
    {
        DateTime[] times =
        [
            DateTime.MinValue, DateTime.MaxValue, new(1999, 12, 31, 23, 59, 59, 999), new(2000, 1, 1),
            DateTime.UnixEpoch,
        ];

        var read = await CopyAsync("timestamp", times, static (buffer, time) => buffer.Add(time));

        read.ShouldBe(
        [
            "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "1999-12-31 23:59:59.999", "2000-01-01 00:00:00",
            "1970-01-01 00:00:00",
        ]);
    }

    [Fact]
    public async Task Add_WholeNumbersIdsAndTruths_AreReadAsWritten()
    {
        var id = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

        (await CopyAsync("bigint", [long.MinValue, 0, long.MaxValue], static (buffer, value) => buffer.Add(value)))
            .ShouldBe(["-9223372036854775808", "0", "9223372036854775807"]);
        (await CopyAsync("integer", [int.MinValue, int.MaxValue], static (buffer, value) => buffer.Add(value)))
            .ShouldBe(["-2147483648", "2147483647"]);
        (await CopyAsync("uuid", [id], static (buffer, value) => buffer.Add(value))).ShouldBe([id.ToString("D")]);
        (await CopyAsync("boolean", [true, false], static (buffer, value) => buffer.Add(value)))
            .ShouldBe(["true", "false"]);
    }

    private static IEnumerable<decimal> NumbersOf(int scale)
    {
        string[] numbers = ["0", "1", "9", "10", "9999", "10000", "99990001", "12345678901234567890123456789"];
        foreach (var digits in numbers)
        {
            var number = decimal.Parse(digits, CultureInfo.InvariantCulture);
            var bits = decimal.GetBits(number);
            yield return new decimal(bits[0], bits[1], bits[2], isNegative: false, (byte)scale);
            if (number != 0)
            {
                yield return new decimal(bits[0], bits[1], bits[2], isNegative: true, (byte)scale);
            }
        }

        yield return new decimal(-1, -1, -1, isNegative: true, (byte)scale);
    }

    private static async Task<List<string>> CopyAsync<T>(
        string type, IReadOnlyList<T> values, Action<CopyBuffer, T> add)
    {
        var buffer = new CopyBuffer();
        buffer.Begin();
        for (var number = 0; number < values.Count; number++)
        {
            buffer.BeginRow(2);
            buffer.Add(number);
            add(buffer, values[number]);
        }

        buffer.End();
        await using var connection = new NpgsqlConnection(await PostgresServer.ConnectionAsync());
        await connection.OpenAsync();
        await RunAsync(connection, $"CREATE TEMPORARY TABLE cells (number integer, value {type})");
        await using (var copy = await connection.BeginRawBinaryCopyAsync("COPY cells FROM STDIN (FORMAT BINARY)"))
        {
            await copy.WriteAsync(buffer.Written);
        }

        await using var command = new NpgsqlCommand("SELECT value::text FROM cells ORDER BY number", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var read = new List<string>();
        while (await reader.ReadAsync())
        {
            read.Add(reader.GetString(0));
        }

        return read;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        _ = await command.ExecuteNonQueryAsync();
    }
}

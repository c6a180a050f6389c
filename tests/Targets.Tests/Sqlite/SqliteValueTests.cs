using System.Globalization;
using System.Text;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;
using DataExport.Targets.Tests.Contract;

namespace DataExport.Targets.Tests.Sqlite;

/// <summary>What SQLite stores in its own way, since it holds no column to its type.</summary>
public sealed class SqliteValueTests
{
    private static readonly Guid Record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public async Task Merge_ExtremeValues_AreStoredWithoutLossOfFifteenDigits()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.AllTypes);

        var row = await WriteAsync(test, builder =>
        {
            builder.AddText(Ordinal("name"), default);
            builder.AddText(Ordinal("description"), Encoding.UTF8.GetBytes(new string('ø', 1_000_000)));
            builder.Add(Ordinal("quantity"), long.MaxValue);
            builder.Add(Ordinal("modifiedon"), DateTime.MaxValue);
            builder.Add(Ordinal("birthdate"), DateTime.MinValue);
            builder.Add(Ordinal("rate"), decimal.MaxValue);
            builder.Add(Ordinal("latitude"), double.Epsilon);
            builder.Add(Ordinal("revenue"), 9_223_372_036_854_775_807m);
            builder.AddText(Ordinal("colours"), "a\0b"u8);
        });

        row["name"].ShouldBe("");
        ((string)row["description"]!).Length.ShouldBe(1_000_000);
        row["quantity"].ShouldBe(long.MaxValue);
        row["modifiedon"].ShouldBe("9999-12-31 23:59:59.999");
        row["birthdate"].ShouldBe("0001-01-01 00:00:00.000");
        ((double)row["rate"]!).ShouldBe(7.9228162514264337593543950335e28, 1e13);
        row["latitude"].ShouldBe(double.Epsilon);
        row["revenue"].ShouldBe(long.MaxValue);
        row["colours"].ShouldBe("a\0b");
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("-99999999999999.9")]
    [InlineData("123456789012.345")]
    [InlineData("0.0000000001")]
    [InlineData("100000000000.00")]
    [InlineData("922337203685477.58")]
    public async Task Merge_Decimal_ComparesByValueToFifteenDigits(string number)
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.AllTypes);
        var value = decimal.Parse(number, CultureInfo.InvariantCulture);
        _ = await WriteAsync(test, builder =>
        {
            builder.Add(Ordinal("revenue"), value);
            builder.Add(Ordinal("rate"), value);
        });

        test.Rows($"SELECT 1 FROM crm_sample WHERE revenue = {number} AND rate = {number}").Count.ShouldBe(1);
        var stored = test.Rows("SELECT printf('%.15g', revenue) AS text FROM crm_sample").Single()["text"];
        decimal.Parse((string)stored!, NumberStyles.Float, CultureInfo.InvariantCulture)
            .ShouldBe(Math.Round(value, Math.Max(0, 15 - DigitsBeforePoint(value))));
    }

    [Fact]
    public async Task NotifiedUpdate_MoreColumnSetsThanStatementsAreKept_WritesEachSetRight()
    {
        await using var test = await SqliteTestTarget.StartAsync(Tables.AllTypes);
        test.Options.UpdateStatementsMax = 2;
        await test.RestartAsync(Tables.AllTypes);
        _ = await WriteAsync(test, builder => builder.Add(Ordinal("modifiedon"), test.Clock.Now.AddMinutes(-1)));
        string[] columns = ["quantity", "industry", "region", "statuscode", "quantity", "region"];

        // Often enough that each set gets a statement of its own, and loses it again to another.
        for (var number = 0; number < 20 * columns.Length; number++)
        {
            var builder = new ColumnValuesBuilder();
            builder.Add(Ordinal(columns[number % columns.Length]), (long)number);
            var evidence = new Evidence(EvidenceKind.NotifiedUpdate, test.Clock.Now.AddSeconds(1 + number));
            await test.Target.MergeAsync(
                [new MergeItem("sample", Record, evidence, builder.Build(Tables.AllTypes.Layout))], default);
        }

        var row = test.Row(Record, "crm_sample")!;
        row["quantity"].ShouldBe(118L);
        row["industry"].ShouldBe(115L);
        row["region"].ShouldBe(119L);
        row["statuscode"].ShouldBe(117L);
    }

    private static int Ordinal(string column) => Tables.AllTypes.OrdinalOf(column);

    private static int DigitsBeforePoint(decimal value) =>
        Math.Abs(decimal.Truncate(value)).ToString(CultureInfo.InvariantCulture).TrimStart('0').Length;

    private static async Task<Dictionary<string, object?>> WriteAsync(TestTarget test, Action<ColumnValuesBuilder> fill)
    {
        var builder = new ColumnValuesBuilder();
        fill(builder);
        var evidence = new Evidence(EvidenceKind.ReadUpsert, test.Clock.Now.AddSeconds(-1), new VersionNumber(1));
        await test.Target.MergeAsync(
            [new MergeItem("sample", Record, evidence, builder.Build(Tables.AllTypes.Layout))], default);
        return test.Row(Record, "crm_sample")!;
    }
}

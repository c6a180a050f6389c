using DataExport.Targets.Layout;
using DataExport.Targets.Sqlite;

namespace DataExport.Targets.Tests.Sqlite;

public sealed class AskOlderTests
{
    private static readonly Guid Record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task AskIfNotReadSince_RowReadAgainAfterTheScan_IsNotAskedAbout(int beganAfterStampMs, int expected)
    {
        await using var test = await SqliteTestTarget.StartLoadedAsync();
        await test.LoadAsync(Record, version: 1);
        var names = new TargetNames(SqliteTestTarget.Prefix, SqliteDialect.Instance);
        using var writer = new SqliteWriter(
            SqliteDatabase.OpenWriter(test.File, test.Options), [TargetTable.Of(Tables.Contact, names)], names,
            test.Options, test.Clock);

        var began = test.Clock.Now.AddMilliseconds(beganAfterStampMs);

        writer.AskIfNotReadSince("contact", [Record, Guid.NewGuid()], began).ShouldBe(expected);
    }
}

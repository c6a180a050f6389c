using DataExport.Grains.Fence;

namespace DataExport.Targets.Tests.Sqlite;

/// <summary>The thirteen rules, each through the real merge. The number in a comment is the rule's.</summary>
public sealed class FenceMergeTests
{
    private static readonly Guid Record = Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");

    [Fact]
    public async Task ReadUpsert_NothingHeld_WritesAConfirmedRow() // 1
    {
        await using var test = await TestTarget.StartAsync(Tables.Contact);

        var result = await test.LoadAsync(Record, version: 7);

        result.ShouldBe(ApplyResult.Applied);
        var row = test.Row(Record)!;
        row["fullname"].ShouldBe("Ann");
        row["versionnumber"].ShouldBe(7L);
        row["contactid"].ShouldBe("0f8fad5b-d9cb-469f-a165-70867728950e");
        row["SinkModifiedOn"].ShouldBe("2026-03-01 12:00:00.000");
    }
}

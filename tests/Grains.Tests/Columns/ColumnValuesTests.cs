using System.Text;

namespace DataExport.Grains.Tests.Columns;

public sealed class ColumnValuesTests
{
    private static readonly Guid s_id = Guid.Parse("0f0e0d0c-0b0a-0908-0706-050403020100");

    [Fact]
    public void Build_EveryKindInAnyOrder_ReadsBackByRisingOrdinal()
    {
        var builder = new ColumnValuesBuilder();
        builder.AddLookup(8, s_id, "account"u8);
        builder.AddText(7, "Grüße \"x\""u8);
        builder.Add(6, s_id);
        builder.Add(5, new DateTime(2026, 11, 24, 1, 2, 3, 456, DateTimeKind.Utc));
        builder.Add(4, 0.5);
        builder.Add(3, 1.50m);
        builder.Add(2, -7L);
        builder.Add(1, true);
        builder.AddNull(0);

        var read = Read(builder.Build(1));

        read.ShouldBe(
            "0: | 1:true | 2:-7 | 3:1.50 | 4:0.5 | 5:2026-11-24T01:02:03.456Z | "
            + $"6:{s_id} | 7:Grüße \"x\" | 8:{s_id}");
    }

    [Fact]
    public void Build_ColumnAddedTwice_KeepsTheLast()
    {
        var builder = new ColumnValuesBuilder();
        builder.Add(1, 10L);
        builder.Add(0, 1L);
        builder.Add(1, 11L);

        Read(builder.Build(1)).ShouldBe("0:1 | 1:11");
    }

    [Fact]
    public void Build_AfterClear_HoldsNothingOfBefore()
    {
        var builder = new ColumnValuesBuilder();
        builder.Add(1, 10L);
        _ = builder.Build(1);
        builder.Add(0, 1L);

        Read(builder.Build(1)).ShouldBe("0:1");
    }

    [Fact]
    public void OverlaidWith_NewerValues_WinAndOthersStay()
    {
        var older = Of((0, 1), (2, 2), (4, 3));
        var newer = Of((1, 10), (2, 20), (5, 30));

        Read(older.OverlaidWith(newer)).ShouldBe("0:1 | 1:10 | 2:20 | 4:3 | 5:30");
    }

    [Fact]
    public void OverlaidWith_OtherLayout_Throws()
    {
        var builder = new ColumnValuesBuilder();

        Should.Throw<ArgumentException>(() => Of((0, 1)).OverlaidWith(builder.Build(99)));
    }

    [Theory]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, false)]
    public void AgreesWith_CommonColumn_DecidesByItsValue(long left, long right, bool agrees) =>
        Of((0, 5), (2, left)).AgreesWith(Of((1, 6), (2, right), (3, 7))).ShouldBe(agrees);

    [Fact]
    public void TryGet_ColumnThatIsMissing_IsFalse()
    {
        var values = Of((0, 1), (2, 2));

        values.TryGet(1, out _).ShouldBeFalse();
        values.TryGet(3, out _).ShouldBeFalse();
        values.TryGet(2, out var value).ShouldBeTrue();
        value.Integer.ShouldBe(2);
    }

    [Fact]
    public void Build_TextLongerThanTheBuffer_IsKept()
    {
        var builder = new ColumnValuesBuilder();
        var text = new string('ä', 100_000);
        builder.AddText(0, Encoding.UTF8.GetBytes(text));

        Read(builder.Build(1)).ShouldBe($"0:{text}");
    }

    private static ColumnValues Of(params (int Ordinal, long Value)[] columns)
    {
        var builder = new ColumnValuesBuilder();
        foreach (var (ordinal, value) in columns)
        {
            builder.Add(ordinal, value);
        }

        return builder.Build(1);
    }

    private static string Read(ColumnValues values)
    {
        var texts = new List<string>();
        foreach (var value in values)
        {
            texts.Add($"{value.Ordinal}:{value.ToString()}");
        }

        return string.Join(" | ", texts);
    }
}

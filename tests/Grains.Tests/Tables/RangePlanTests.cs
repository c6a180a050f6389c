using DataExport.Grains.Ports;
using DataExport.Grains.Tables;

namespace DataExport.Grains.Tests.Tables;

/// <summary>How a large table is cut into ranges.</summary>
public sealed class RangePlanTests
{
    private static readonly DateTime s_begin = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Ranges_OfTimesSpreadUnevenly_HoldAboutAsManyEachAndAllTogether()
    {
        var random = new Random(5);
        var times = Enumerable.Range(0, 10_000).Select(_ => s_begin.AddSeconds(Math.Exp(random.NextDouble() * 18)))
            .ToArray();

        var plan = RangePlan.Of(times.Where((_, place) => place % 20 == 0), 8)!;

        plan.Ranges.Length.ShouldBe(8);
        (plan.Ranges[0].From, plan.Ranges[^1].Until).ShouldBe((null, null));
        plan.Ranges.Zip(plan.Ranges.Skip(1)).ShouldAllBe(static pair => pair.First.Until == pair.Second.From);
        var counts = plan.Ranges.Select(range => times.Count(time => IsIn(range, time))).ToArray();
        counts.Sum().ShouldBe(times.Length);
        counts.ShouldAllBe(static count => count > 800 && count < 1_800);
    }

    [Fact]
    public void Ranges_OfRowsCreatedAtOnce_AreNone() =>
        RangePlan.Of(Enumerable.Repeat(s_begin, 500), 4).ShouldBeNull();

    [Fact]
    public void Ranges_OfNoTimes_AreNone() => RangePlan.Of([], 4).ShouldBeNull();

    [Fact]
    public void Ranges_MostRowsCreatedInOneSecond_AreFewerAndMissNone()
    {
        var plan = RangePlan.Of(
            Enumerable.Range(0, 500).Select(row => row < 300 ? s_begin : s_begin.AddSeconds(row)), 4)!;

        plan.Ranges.Length.ShouldBe(2);
        IsIn(plan.Ranges[0], s_begin).ShouldBeTrue();
    }

    [Fact]
    public void Plan_IsReadAsItWasWritten()
    {
        var plan = RangePlan.Of([s_begin, s_begin.AddDays(1), s_begin.AddDays(2)], 3)!;
        plan = new RangePlan(plan.Ranges.SetItem(1, plan.Ranges[1] with { NextLink = "https://x", IsDone = true }));

        var read = RangePlan.TryParse(plan.ToString())!;

        read.Ranges.ShouldBe(plan.Ranges);
        read.Ranges[1].From!.Value.Kind.ShouldBe(DateTimeKind.Utc);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://org.crm.dynamics.com/api/data/v9.2/accounts?$skiptoken=x")]
    public void Link_IsNoPlan(string? link) => RangePlan.TryParse(link).ShouldBeNull();

    [Theory]
    [InlineData(7)]
    [InlineData(500)]
    [InlineData(501)]
    [InlineData(100_000)]
    public void Sample_OfAWalk_IsSpreadOverAllOfIt(int rows)
    {
        var sample = new IdSample();
        foreach (var page in Enumerable.Range(1, rows).Chunk(100))
        {
            sample.Add([.. page.Select(static row => new SourceRow(Id(row), default, null))]);
        }

        var places = sample.Ids.Select(static id => (int)BitConverter.ToUInt32(id.ToByteArray())).ToArray();
        places.Length.ShouldBeInRange(Math.Min(rows, 250), 500);
        places.Distinct().Count().ShouldBe(places.Length);
        places.Count(place => place <= rows / 2).ShouldBeInRange((places.Length / 2) - 2, (places.Length / 2) + 2);
    }

    private static Guid Id(int row) => new(row, 0, 0, new byte[8]);

    private static bool IsIn(RangePlace range, DateTime time) =>
        (range.From is null || time >= range.From) && (range.Until is null || time < range.Until);
}

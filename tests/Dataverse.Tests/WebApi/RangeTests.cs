using DataExport.Dataverse.WebApi;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.Tests.WebApi;

/// <summary>How ranges of rows are asked for.</summary>
public sealed class RangeTests
{
    private static readonly DateTime s_from = new(2024, 2, 29, 23, 59, 58, DateTimeKind.Utc);

    [Fact]
    public void Filter_OfEachKindOfRange_IsODatas()
    {
        RangeFilter.Of(new CreationRange(s_from, s_from.AddSeconds(2)))
            .ShouldBe("createdon ge 2024-02-29T23:59:58Z and createdon lt 2024-03-01T00:00:00Z");
        RangeFilter.Of(new CreationRange(s_from, null)).ShouldBe("createdon ge 2024-02-29T23:59:58Z");
        RangeFilter.Of(new CreationRange(null, s_from))
            .ShouldBe("createdon lt 2024-02-29T23:59:58Z or createdon eq null");
    }
}

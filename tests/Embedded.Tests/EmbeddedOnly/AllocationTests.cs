namespace DataExport.Embedded.Tests;

/// <summary>Tests that measure what the whole process allocates: nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(AlonePart), DisableParallelization = true)]
public sealed class AlonePart;

/// <summary>What a call costs that uses nothing but the call.</summary>
[Collection(nameof(AlonePart))]
public sealed class AllocationTests(SharedCluster cluster) : IClassFixture<SharedCluster>
{
    private const int CallsCount = 10_000;
    private const int BytesMax = 256;

    [Fact]
    public async Task Call_WithoutFilterAndRequestContext_AllocatesOneSmallObject()
    {
        var grain = cluster.Grains.GetGrain<ICallGrain>("cheap");
        var least = double.MaxValue;

        // The least of some rounds: the process does other things now and then.
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var call = 0; call < CallsCount; call++)
            {
                await grain.GetKeyAsync();
            }

            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)CallsCount);
        }

        least.ShouldBeLessThan(BytesMax);
    }
}

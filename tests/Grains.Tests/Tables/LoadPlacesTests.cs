using DataExport.Grains.Tables;
using Microsoft.Extensions.Options;

namespace DataExport.Grains.Tests.Tables;

public sealed class LoadPlacesTests
{
    [Fact]
    public async Task TakeAsync_AllPlacesTaken_WaitsUntilOneIsGivenBack()
    {
        using var places = new LoadPlaces(Options.Create(new TableSyncOptions { TablesLoadingMax = 2 }));
        var first = await places.TakeAsync(default);
        using var second = await places.TakeAsync(default);
        var third = places.TakeAsync(default);
        third.IsCompleted.ShouldBeFalse();

        first.Dispose();

        (await third.WaitAsync(Patience.Limit)).Dispose();
    }

    [Fact]
    public async Task TakeAsync_StoppedWhileItWaits_TakesNoPlace()
    {
        using var places = new LoadPlaces(Options.Create(new TableSyncOptions { TablesLoadingMax = 1 }));
        var first = await places.TakeAsync(default);
        using var stop = new CancellationTokenSource();
        var stopped = places.TakeAsync(stop.Token);

        await stop.CancelAsync();
        _ = await Should.ThrowAsync<OperationCanceledException>(stopped);
        first.Dispose();

        (await places.TakeAsync(default).WaitAsync(Patience.Limit)).Dispose();
    }
}

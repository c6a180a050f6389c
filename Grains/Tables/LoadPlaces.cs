using Microsoft.Extensions.Options;

namespace DataExport.Grains.Tables;

/// <summary>
/// How many tables of a silo are loaded at once, over all profiles. Each holds two pages of rows: were there no limit,
/// memory would grow with the number of tables.
/// </summary>
internal sealed class LoadPlaces(IOptions<TableSyncOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.TablesLoadingMax);

    /// <summary>Waits for a place. Disposing the result gives it back.</summary>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        return new Place(_places);
    }

    public void Dispose() => _places.Dispose();

    private sealed class Place(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}

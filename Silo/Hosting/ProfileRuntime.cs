using DataExport.Grains.Ports;
using DataExport.Silo.Telemetry;
using DataExport.Silo.Writing;

namespace DataExport.Silo.Hosting;

/// <summary>What this silo holds open for one active profile.</summary>
internal sealed class ProfileRuntime(
    ProfileRoute route,
    ITarget target,
    ISourceEnvironment source,
    BatchWriter writer,
    IFailedRecordLog failedRecords,
    ProfileInstruments instruments) : IProfileRuntime, IAsyncDisposable
{
    public ExportProfile Profile => route.Profile;

    public ProfileRoute Route => route;

    public IReadOnlyDictionary<string, TableDefinition> Tables { get; } =
        route.Tables.ToDictionary(static table => table.Name, StringComparer.Ordinal);

    public ITarget Target => target;

    public ISourceEnvironment Source => source;

    public IChangeWriter Writer => writer;

    /// <summary>The same writer, for its gate.</summary>
    public BatchWriter Batches => writer;

    public IFailedRecordLog FailedRecords => failedRecords;

    public ProfileInstruments Instruments => instruments;

    public void PendingCounted(IReadOnlyDictionary<string, long> byTable) => instruments.PendingCounted(byTable);

    /// <summary>Writes what is queued, then closes target and source.</summary>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await target.DisposeAsync();
        await source.DisposeAsync();
    }
}

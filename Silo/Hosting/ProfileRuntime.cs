using DataExport.Grains.Ports;
using DataExport.Silo.Pulling;
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

    /// <summary>What the agent that pulls may still take; none while there is no agent.</summary>
    public CreditLedger? Credit { get; set; }

    public bool IsBusy => Credit is { IsNearlyUsedUp: true };

    public ProfileInstruments Instruments => instruments;

    public void PendingCounted(
        IReadOnlyDictionary<string, long> byTable, IReadOnlyDictionary<string, DateTime> oldestByTable) =>
        instruments.Gauges.TellPending(byTable, oldestByTable);

    public void TableTold(string table, TableSyncState? state) => instruments.Gauges.TellTable(table, state);

    /// <summary>Writes what is queued, then closes target and source.</summary>
    public async ValueTask DisposeAsync()
    {
        instruments.Gauges.Unwatch(writer);
        await writer.DisposeAsync();
        await target.DisposeAsync();
        await source.DisposeAsync();
    }
}

using DataExport.Grains.Ports;
using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Hosting;

/// <summary>A failure log whose records are counted by table.</summary>
internal sealed class InstrumentedFailedRecordLog(IFailedRecordLog log, ProfileInstruments instruments)
    : IFailedRecordLog
{
    public long Count => log.Count;

    public Task AppendAsync(RecordKey key, ChangeKind? kind, string reason, CancellationToken cancellationToken)
    {
        instruments.RecordFailed(key.Table);
        return log.AppendAsync(key, kind, reason, cancellationToken);
    }
}

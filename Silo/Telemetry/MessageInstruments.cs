using System.Diagnostics.Metrics;

namespace DataExport.Silo.Telemetry;

/// <summary>What the pulling agents do: (a) receive, (b) decode, (c) apply, (e) settle.</summary>
internal sealed class MessageInstruments(Meter meter)
{
    public Counter<long> Received { get; } = meter.CreateCounter<long>(
        "dataexport.messages.received", "{message}", "Messages received from the bus.");

    public Counter<long> ReceivedBytes { get; } = meter.CreateCounter<long>(
        "dataexport.messages.received_size", "By", "Body bytes received from the bus.");

    public Counter<long> Undecodable { get; } = meter.CreateCounter<long>(
        "dataexport.messages.undecodable", "{message}", "Messages that no decoder understands.");

    public Counter<long> Unnamed { get; } = meter.CreateCounter<long>(
        "dataexport.messages.unnamed", "{message}", "Truncated messages that do not name every record they changed.");

    public Counter<long> Mojibake { get; } = meter.CreateCounter<long>(
        "dataexport.messages.mojibake", "{message}", "Messages with text whose UTF-8 was read as Windows-1252.");

    public Counter<long> Settled { get; } = meter.CreateCounter<long>(
        "dataexport.messages.settled", "{message}", "Messages that left the silo, by how.");

    public UpDownCounter<long> InFlight { get; } = meter.CreateUpDownCounter<long>(
        "dataexport.messages.in_flight", "{message}", "Messages received and not yet settled.");

    public UpDownCounter<long> InFlightBytes { get; } = meter.CreateUpDownCounter<long>(
        "dataexport.messages.in_flight_size", "By", "Body bytes of the messages in flight.");

    public Counter<long> ChangesDecoded { get; } = meter.CreateCounter<long>(
        "dataexport.changes.decoded", "{change}", "Record changes decoded from messages.");

    public Counter<long> ChangesAnswered { get; } = meter.CreateCounter<long>(
        "dataexport.changes.answered", "{change}", "Record changes answered by their grains, by status.");

    public Histogram<double> ChangeLatency { get; } = meter.CreateHistogram<double>(
        "dataexport.change.latency",
        "s",
        "From the message's enqueued time on the bus to the answer of its change, which follows the commit.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets.LatencySeconds });

    public Histogram<double> ChangeLag { get; } = meter.CreateHistogram<double>(
        "dataexport.change.lag",
        "s",
        "From the operation at the source, which tells whole seconds, to the answer of its change.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets.LagSeconds });
}

/// <summary>What the batch writers do: (d) merge.</summary>
internal sealed class BatchInstruments(Meter meter)
{
    public Histogram<long> Rows { get; } = meter.CreateHistogram<long>(
        "dataexport.batch.rows",
        "{row}",
        "Rows of a merged batch.",
        tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = Buckets.BatchRows });

    public Histogram<double> MergeDuration { get; } = meter.CreateHistogram<double>(
        "dataexport.batch.duration",
        "s",
        "Time of a batch's transaction in the target.",
        tags: null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets.LatencySeconds });

    public Counter<long> Halved { get; } = meter.CreateCounter<long>(
        "dataexport.batch.halved", "{batch}", "Batches that the target refused and that were halved.");

    public Counter<long> Retried { get; } = meter.CreateCounter<long>(
        "dataexport.batch.retried", "{batch}", "Batches tried again because the target was busy or away.");

    public Counter<long> FailedRecords { get; } = meter.CreateCounter<long>(
        "dataexport.records.failed", "{record}", "Records that went to the failure log.");
}

/// <summary>What is read from the source: pages, delta pages, fetches.</summary>
internal sealed class SourceInstruments(Meter meter)
{
    public Counter<long> Pages { get; } = meter.CreateCounter<long>(
        "dataexport.pages.read", "{page}", "Pages of initial and delta syncs that are committed.");

    public Counter<long> Rows { get; } = meter.CreateCounter<long>(
        "dataexport.rows.read", "{row}", "Rows of the pages that are committed.");

    public Counter<long> FetchRequests { get; } = meter.CreateCounter<long>(
        "dataexport.fetch.requests", "{request}", "Fetches sent to the source.");

    public Counter<long> FetchedRecords { get; } = meter.CreateCounter<long>(
        "dataexport.fetch.records", "{record}", "Records asked for by fetches.");
}

/// <summary>Bucket boundaries of the histograms.</summary>
internal static class Buckets
{
    public static readonly double[] LatencySeconds =
        [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600];

    public static readonly double[] LagSeconds = [1, 2, 3, 5, 10, 15, 30, 60, 120, 300, 900, 3600, 14400, 86400];

    public static readonly long[] BatchRows = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000];
}

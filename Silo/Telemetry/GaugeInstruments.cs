using System.Diagnostics.Metrics;

namespace DataExport.Silo.Telemetry;

/// <summary>The gauges of the path: what is at the moment of a scrape, by profile and table.</summary>
internal static class GaugeInstruments
{
    /// <summary>Adds them to the meter; each scrape asks <paramref name="path"/> for its profiles.</summary>
    public static void AddTo(Meter meter, PathInstruments path)
    {
        AddTableGauges(meter, path);
        AddProfileGauges(meter, path);
    }

    private static void AddTableGauges(Meter meter, PathInstruments path)
    {
        Add(meter, "dataexport.pending", "{question}", "Open questions and provisional rows of a table.",
            () => path.Gauges.SelectMany(static gauges => gauges.MeasurePending()));
        Add(meter, "dataexport.pending.age", "s", "Age of a table's oldest open question; 0 when there is none.",
            () => path.Gauges.SelectMany(static gauges => gauges.MeasurePendingAge()));
        Add(meter, "dataexport.delta.age", "s", "Since a table's last delta sync ended, or since its initial sync.",
            () => path.Gauges.SelectMany(static gauges => gauges.MeasureDeltaAge()));
        Add(meter, "dataexport.table.phase", "{phase}",
            "What a table is at: 0 not begun, 1 walking ids, 2 loading, 3 deltas, 4 stopped.",
            () => path.Gauges.SelectMany(static gauges => gauges.MeasurePhase()));
        Add(meter, "dataexport.initial_sync.rows", "{row}", "Rows of a table's initial sync that are committed.",
            () => path.Gauges.SelectMany(static gauges => gauges.MeasureRowsDone()));
        Add(meter, "dataexport.initial_sync.rows_expected", "{row}", "Rows that a table's id walk has counted.",
            () => path.Gauges.SelectMany(static gauges => gauges.MeasureRowsExpected()));
    }

    private static void AddProfileGauges(Meter meter, PathInstruments path)
    {
        Add(meter, "dataexport.target.available", "{target}", "1, or 0 while the target is away and the gate shut.",
            () => path.Gauges.SelectMany(static gauges => gauges.MeasureTargetAvailable()));
        Add(meter, "dataexport.queue.rows", "{row}", "Rows of messages that wait for a merge.",
            () => path.Gauges.SelectMany(static gauges => gauges.MeasureQueueRows()));
        Add(meter, "dataexport.messages.credit", "{message}", "Messages that the bus may still send.",
            () => path.Gauges.SelectMany(static gauges => gauges.MeasureCredit()));
    }

    private static void Add<T>(
        Meter meter, string name, string unit, string description, Func<IEnumerable<Measurement<T>>> measure)
        where T : struct => _ = meter.CreateObservableGauge(name, measure, unit, description);
}

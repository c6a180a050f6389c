using System.Collections.Concurrent;
using System.Diagnostics;
using DataExport.Grains.Telemetry;
using DataExport.Silo.Tests.Pulling;

namespace DataExport.Silo.Tests.Telemetry;

/// <summary>Listens to the path's spans, as an exporter would, and keeps those that have ended.</summary>
internal sealed class SpanListener : IDisposable
{
    private readonly ConcurrentQueue<Activity> _begun = new();
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public SpanListener(ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PathTrace.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampling,
            ActivityStarted = _begun.Enqueue,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The spans of one trace that have ended, by name; tests beside this one have other traces.</summary>
    public IReadOnlyList<Activity> Of(ActivityTraceId trace) => [.. _ended.Where(span => span.TraceId == trace)];

    /// <summary>Those that link to a span of the trace.</summary>
    public IReadOnlyList<Activity> LinkedTo(ActivityTraceId trace) =>
        [.. _ended.Where(span => span.Links.Any(link => link.Context.TraceId == trace))];

    /// <summary>How many spans of the trace have begun that bear the name.</summary>
    public int CountBegun(ActivityTraceId trace, string name) =>
        _begun.Count(span => span.TraceId == trace && span.OperationName == name);

    public IReadOnlyList<Activity> Named(string name) => [.. _ended.Where(span => span.OperationName == name)];

    /// <summary>Waits until the trace has so many receive spans that have ended.</summary>
    public Task ReceivedAsync(ActivityTraceId trace, int count = 1) => PathFixture.UntilAsync(
        () => Of(trace).Count(static span => span.OperationName == PathTrace.Receive) == count,
        "the message's span ends");

    public void Dispose() => _listener.Dispose();
}

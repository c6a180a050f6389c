using System.Diagnostics;
using DataExport.Grains.Telemetry;
using DataExport.Silo.Writing;

namespace DataExport.Silo.Telemetry;

/// <summary>
/// (d) The spans of one merge: one of its own that links to the messages in it, and one in each of their traces.
/// </summary>
internal sealed class BatchTrace : IDisposable
{
    // What exporters keep of a span's links.
    private const int LinksMax = 128;

    private readonly List<Activity> _merges;
    private readonly Activity? _batch;

    private BatchTrace(List<Activity> merges, Activity? batch) => (_merges, _batch) = (merges, batch);

    /// <summary>Begins the wait of a row for its merge, below the present span. Null: it is not traced.</summary>
    public static Activity? BeginWait()
    {
        if (!PathTrace.IsOn || Activity.Current is not { IsAllDataRequested: true } present)
        {
            return null;
        }

        var wait = PathTrace.Source.StartActivity("wait");
        Activity.Current = present;
        return wait;
    }

    /// <summary>Ends the waits of the rows and begins their merge. Null: no row is traced.</summary>
    public static BatchTrace? Begin(WriteBatch batch)
    {
        if (!PathTrace.IsOn || batch.ReadWaits() is not { Count: > 0 } waits)
        {
            return null;
        }

        Activity.Current = null;
        var span = PathTrace.Source.StartActivity(
            "merge batch",
            ActivityKind.Internal,
            default(ActivityContext),
            links: waits.Take(LinksMax).Select(static wait => new ActivityLink(wait.Context)));
        _ = span?.SetTag("rows", batch.Count).SetTag("bytes", batch.Bytes);
        return new BatchTrace(BeginMerges(waits, span), span);
    }

    /// <summary>Ends all spans of the merge.</summary>
    public void Dispose()
    {
        _merges.ForEach(static merge => merge.Dispose());
        _batch?.Dispose();
    }

    private static List<Activity> BeginMerges(List<Activity> waits, Activity? batch)
    {
        ActivityLink[] links = batch is null ? [] : [new ActivityLink(batch.Context)];
        var merges = new List<Activity>(waits.Count);
        foreach (var wait in waits)
        {
            wait.Stop();

            // Beside the wait, not below it.
            var parent = new ActivityContext(wait.TraceId, wait.ParentSpanId, wait.ActivityTraceFlags);
            if (PathTrace.Source.StartActivity("merge", ActivityKind.Internal, parent, links: links) is { } merge)
            {
                merges.Add(merge);
            }
        }

        Activity.Current = batch;
        return merges;
    }
}

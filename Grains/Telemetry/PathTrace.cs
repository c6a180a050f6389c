using System.Diagnostics;

namespace DataExport.Grains.Telemetry;

/// <summary>
/// The spans of the path from message to commit, and of what is read from the source. Nothing is allocated and nothing
/// is looked up while nobody listens.
/// </summary>
/// <remarks>
/// From the pulling agent to a record grain the trace's place travels in the request context, which both grain runtimes
/// carry from silo to silo; within a process it flows as <see cref="Activity.Current"/>. See docs/decisions/0027.
/// </remarks>
internal static class PathTrace
{
    /// <summary>The source's name.</summary>
    public const string SourceName = "DataExport";

    /// <summary>The span of a message, from its receipt to its settlement: the first of its trace here.</summary>
    public const string Receive = "receive";

    // Orleans' own key is left alone: its filters may be on as well.
    private const string ContextKey = "dataexport.traceparent";

    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Whether anybody listens.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>Begins a span that nothing led to, such as a round of a loop. Null when nobody wants it.</summary>
    public static Activity? BeginRoot(string name, string profile, string? table = null)
    {
        if (!IsOn)
        {
            return null;
        }

        // A loop runs on in the context of whoever started it; its rounds are no part of that.
        Activity.Current = null;
        return Source.StartActivity(name)?.SetTag("profile", profile).SetTag("table", table);
    }

    /// <summary>Begins the span of a change in its record's grain, below what <see cref="Send"/> sent along.</summary>
    public static Activity? BeginReceived(string name) =>
        IsOn && RequestContext.Get(ContextKey) is string sent && ActivityContext.TryParse(sent, null, out var parent)
            ? Source.StartActivity(name, ActivityKind.Internal, parent)
            : null;

    /// <summary>Sends a span's place along with the grain calls that this flow makes from now on.</summary>
    public static void Send(Activity span) => RequestContext.Set(ContextKey, span.Id!);

    /// <summary>Begins the span of changes that are written together: below the first, linked to the others.</summary>
    public static Activity? BeginTogether(string name, IEnumerable<Activity?> spans)
    {
        // The flow is that of the call whose write ended before, and its trace has nothing to do with these.
        Activity.Current = null;
        var contexts = spans.OfType<Activity>().Select(static span => span.Context).ToList();
        return contexts.Count == 0
            ? null
            : Source.StartActivity(
                name,
                ActivityKind.Internal,
                contexts[0],
                links: contexts.Skip(1).Select(static other => new ActivityLink(other)));
    }
}

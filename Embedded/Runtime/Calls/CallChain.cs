using System.Text;

namespace Orleans.Runtime;

/// <summary>Finds out what a call waits for that has waited too long, and who waits for it.</summary>
/// <remarks>
/// It looks at activations without their locks, while they go on: where calls interleave, it tells the likeliest chain.
/// </remarks>
internal static class CallChain
{
    private const int LinksMax = 16;

    /// <summary>
    /// The chain as text, such as <c> Call chain: a/1 IA.Ask -> b/1 IB.Ask -> a/1 IA.Get, which waits for a/1 IA.Ask:
    /// a dead lock.</c> Empty when the call stands alone.
    /// </summary>
    public static string Describe(GrainCall expired)
    {
        var links = new List<GrainCall> { expired };
        AddCallers(links);
        var end = AddCallees(links, expired);
        if (links.Count == 1 && end is null)
        {
            return "";
        }

        var text = new StringBuilder(" Call chain: ");
        for (var i = 0; i < links.Count; i++)
        {
            text.Append(i == 0 ? "" : IsQueuedBehind(links[i - 1], links[i]) ? ", which waits for " : " -> ");
            AppendLink(text, links[i]);
        }

        if (end is not null)
        {
            AppendLink(text.Append(", which waits for "), end);
            text.Append(": a dead lock");
        }

        return text.Append('.').ToString();
    }

    private static void AddCallers(List<GrainCall> links)
    {
        while (links.Count < LinksMax && links[0].Source?.Busy is { } caller && !links.Contains(caller))
        {
            links.Insert(0, caller);
        }
    }

    /// <summary>Follows the calls that wait for each other. Returns the call of the chain that closes a ring.</summary>
    private static GrainCall? AddCallees(List<GrainCall> links, GrainCall last)
    {
        while (links.Count < LinksMax * 2 && last.Target is { } activation)
        {
            var next = last.Stage is CallStage.Begun ? activation.Outgoing : activation.Busy;
            if (next is null || ReferenceEquals(next, last))
            {
                return null;
            }

            if (links.Contains(next))
            {
                return next;
            }

            links.Add(next);
            last = next;
        }

        return null;
    }

    private static bool IsQueuedBehind(GrainCall call, GrainCall other) =>
        ReferenceEquals(call.Target, other.Target) && call.Stage is not CallStage.Begun;

    private static void AppendLink(StringBuilder text, GrainCall call) =>
        text.Append(call.Target?.GrainId.ToString()).Append(' ').Append(call.Method);
}

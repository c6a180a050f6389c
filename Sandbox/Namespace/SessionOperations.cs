using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>Operations of $management on sessions.</summary>
internal static class SessionOperations
{
    private const string StateKey = "session-state";
    private const int SessionsListedMax = 1_000;

    public static AmqpExchange Renew(SandboxQueue queue, in ManagementRequest request)
    {
        if (request.SessionId is not { } id)
        {
            return RefuseUnnamed(request);
        }

        return queue.RenewSession(id) is { } end
            ? ManagementAnswers.Accept(request, new Dictionary<string, object?>
            {
                ["expiration"] = AmqpReader.ToTime(end),
            })
            : ManagementAnswers.RefuseLostSession(request);
    }

    public static AmqpExchange SetState(SandboxQueue queue, in ManagementRequest request)
    {
        if (request.SessionId is not { } id)
        {
            return RefuseUnnamed(request);
        }

        if (!request.TryGet(StateKey, out var value) || value is not (null or byte[]))
        {
            return ManagementAnswers.RefuseArgument(request, "A session's state is binary, or null to take it away.");
        }

        var state = value as byte[];
        if (state?.Length > queue.SessionStateBytesMax)
        {
            return ManagementAnswers.RefuseArgument(
                request, $"A session's state has at most {queue.SessionStateBytesMax} bytes.");
        }

        return queue.SetSessionState(id, state is null ? null : new ReadOnlyMemory<byte>(state))
            ? ManagementAnswers.Accept(request)
            : ManagementAnswers.RefuseLostSession(request);
    }

    public static AmqpExchange GetState(SandboxQueue queue, in ManagementRequest request)
    {
        if (request.SessionId is not { } id)
        {
            return RefuseUnnamed(request);
        }

        return queue.TryGetSessionState(id, out var state)
            ? ManagementAnswers.Accept(request, new Dictionary<string, object?> { [StateKey] = state?.ToArray() })
            : ManagementAnswers.RefuseLostSession(request);
    }

    public static AmqpExchange List(SandboxQueue queue, in ManagementRequest request)
    {
        request.TryGet("last-updated-time", out var time);
        var skip = (int)Math.Clamp(request.Number("skip") ?? 0, 0, int.MaxValue);
        var top = (int)Math.Clamp(request.Number("top") ?? SessionsListedMax, 0, SessionsListedMax);
        var ids = queue.ListSessions(time is DateTimeOffset after ? after : DateTimeOffset.MaxValue, skip, top);
        return ids.Length == 0
            ? ManagementAnswers.AcceptEmpty(request)
            : ManagementAnswers.Accept(request, new Dictionary<string, object?>
            {
                ["skip"] = skip + ids.Length,
                ["sessions-ids"] = ids,
            });
    }

    private static AmqpExchange RefuseUnnamed(in ManagementRequest request) =>
        ManagementAnswers.RefuseArgument(request, "No session is named.");
}

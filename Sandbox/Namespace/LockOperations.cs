using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>Operations of $management by lock token.</summary>
internal static class LockOperations
{
    public static AmqpExchange Renew(SandboxQueue queue, in ManagementRequest request)
    {
        if (!request.TryGetUuids("lock-tokens", out var tokens))
        {
            return ManagementAnswers.RefuseArgument(request, "No lock token is given.");
        }

        return queue.Renew(tokens) is { } ends
            ? ManagementAnswers.Accept(request, new Dictionary<string, object?>
            {
                ["expirations"] = Array.ConvertAll(ends, end => (object?)AmqpReader.ToTime(end)),
            })
            : ManagementAnswers.RefuseLost(request);
    }

    public static AmqpExchange Settle(SandboxQueue queue, in ManagementRequest request)
    {
        if (!request.TryGetUuids("lock-tokens", out var tokens))
        {
            return ManagementAnswers.RefuseArgument(request, "No lock token is given.");
        }

        if (SettlementOf(request) is not { } settlement)
        {
            return ManagementAnswers.RefuseArgument(request, "The disposition status is not known.");
        }

        if (!settlement.HasValidProperties())
        {
            return ManagementAnswers.RefuseArgument(request, "A property to modify has a type that it cannot have.");
        }

        if (!queue.IsSessionHeld(request.SessionId))
        {
            return ManagementAnswers.RefuseLostSession(request);
        }

        return queue.Settle(tokens, settlement)
            ? ManagementAnswers.Accept(request)
            : ManagementAnswers.RefuseLost(request);
    }

    private static Settlement? SettlementOf(in ManagementRequest request)
    {
        SettlementKind? kind = request.Text("disposition-status") switch
        {
            "completed" => SettlementKind.Complete,
            "abandoned" => SettlementKind.Abandon,

            // The protocol's own spelling.
            "defered" => SettlementKind.Defer,
            "suspended" => SettlementKind.DeadLetter,
            _ => null,
        };
        return kind is null
            ? null
            : new Settlement(kind.Value)
            {
                Reason = request.Text("deadletter-reason"),
                Description = request.Text("deadletter-description"),
                Properties = request.Properties("properties-to-modify"),
            };
    }
}

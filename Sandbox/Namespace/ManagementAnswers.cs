using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>What $cbs and a queue's $management answer.</summary>
internal static class ManagementAnswers
{
    /// <summary>Any token is taken: who can reach the loopback may.</summary>
    public static AmqpExchange AnswerToken(AmqpExchange request) => new()
    {
        CorrelationId = request.MessageId,
        Properties = new Dictionary<string, object?>
        {
            ["status-code"] = 202,
            ["status-description"] = "Accepted",
        },
    };

    public static AmqpExchange Answer(SandboxQueue queue, AmqpExchange request) =>
        request.Properties.GetValueOrDefault("operation")?.ToString() switch
        {
            "com.microsoft:renew-lock" => RenewLocks(queue, request),
            "com.microsoft:update-disposition" => UpdateDisposition(queue, request),
            var operation => Refuse(request, 501, AmqpCondition.NotImplemented, $"No operation {operation}."),
        };

    private static AmqpExchange RenewLocks(SandboxQueue queue, AmqpExchange request)
    {
        var tokens = LockTokens(request);
        var expirations = new object?[tokens.Length];
        for (var index = 0; index < tokens.Length; index++)
        {
            if (queue.Renew(tokens[index]) is not { } lockedUntil)
            {
                return RefuseLost(request);
            }

            expirations[index] = lockedUntil;
        }

        return tokens.Length == 0
            ? Refuse(request, 400, AmqpCondition.ArgumentError, "No lock token is given.")
            : Accept(request, new Dictionary<string, object?> { ["expirations"] = expirations });
    }

    private static AmqpExchange UpdateDisposition(SandboxQueue queue, AmqpExchange request)
    {
        var outcome = Text(request, "disposition-status") switch
        {
            "completed" => AmqpOutcome.Accepted,
            "abandoned" => AmqpOutcome.Abandoned,
            "suspended" => AmqpOutcome.Rejected(new AmqpError(AmqpCondition.DeadLetter)
            {
                Info = new Dictionary<object, object?>
                {
                    ["DeadLetterReason"] = Text(request, "deadletter-reason"),
                    ["DeadLetterErrorDescription"] = Text(request, "deadletter-description"),
                },
            }),
            _ => default,
        };
        if (outcome.Kind == AmqpOutcomeKind.None)
        {
            return Refuse(request, 400, AmqpCondition.ArgumentError, "The disposition status is not known.");
        }

        var isLost = false;
        foreach (var token in LockTokens(request))
        {
            isLost |= !queue.Settle(token, outcome);
        }

        return isLost ? RefuseLost(request) : Accept(request, new Dictionary<string, object?>());
    }

    private static Guid[] LockTokens(AmqpExchange request) => Value(request, "lock-tokens") switch
    {
        object?[] array => array.OfType<Guid>().ToArray(),
        List<object?> list => list.OfType<Guid>().ToArray(),
        _ => [],
    };

    private static string? Text(AmqpExchange request, string name) => Value(request, name)?.ToString();

    private static object? Value(AmqpExchange request, string name) =>
        AmqpMaps.Find(request.Body as Dictionary<object, object?>, name);

    private static AmqpExchange Accept(AmqpExchange request, Dictionary<string, object?> body) => new()
    {
        CorrelationId = request.MessageId,
        Properties = new Dictionary<string, object?> { ["statusCode"] = 200, ["statusDescription"] = "OK" },
        Body = body,
    };

    private static AmqpExchange RefuseLost(AmqpExchange request) => Refuse(
        request, 410, AmqpCondition.MessageLockLost, "The lock supplied is invalid, or has expired.");

    private static AmqpExchange Refuse(AmqpExchange request, int code, string condition, string description) => new()
    {
        CorrelationId = request.MessageId,
        Properties = new Dictionary<string, object?>
        {
            ["statusCode"] = code,
            ["statusDescription"] = description,
            ["errorCondition"] = new AmqpSymbol(condition),
        },
        Body = new Dictionary<string, object?>(),
    };
}

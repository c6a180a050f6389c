using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>Operations of $management by sequence number.</summary>
internal static class BrowseOperations
{
    private const int AnswerBytesMax = 4 * 1024 * 1024;
    private const int PeekMessagesMax = 1_000;
    private const int NumbersMax = 1_000;

    public static AmqpExchange Peek(SandboxQueue queue, in ManagementRequest request)
    {
        if (request.Number("from-sequence-number") is not { } from
            || request.Number("message-count") is not { } count
            || count <= 0)
        {
            return ManagementAnswers.RefuseArgument(request, "A peek wants from-sequence-number and message-count.");
        }

        var query = new PeekQuery(
            from, (int)Math.Min(count, PeekMessagesMax), request.SessionId, request.Flag("omit-message-body"));
        var messages = queue.Peek(query, AnswerBytesMax);
        if (messages.Count == 0)
        {
            return ManagementAnswers.AcceptEmpty(request);
        }

        var list = new List<object?>(messages.Count);
        foreach (var message in messages)
        {
            list.Add(new Dictionary<string, object?> { ["message"] = message });
        }

        return ManagementAnswers.Accept(request, new Dictionary<string, object?> { ["messages"] = list });
    }

    public static AmqpExchange ReceiveDeferred(SandboxQueue queue, in ManagementRequest request)
    {
        if (!TryGetNumbers(request, out var numbers))
        {
            return RefuseNumbers(request);
        }

        if (!queue.IsSessionHeld(request.SessionId))
        {
            return ManagementAnswers.RefuseLostSession(request);
        }

        var deletes = request.Number("receiver-settle-mode") == 0;
        if (queue.ReceiveDeferred(numbers, request.SessionId, deletes) is not { } messages)
        {
            return ManagementAnswers.RefuseMissing(request);
        }

        var list = new List<object?>(messages.Count);
        foreach (var message in messages)
        {
            list.Add(new Dictionary<string, object?>
            {
                ["message"] = message.Encoded,
                ["lock-token"] = message.LockToken,
            });
        }

        return ManagementAnswers.Accept(request, new Dictionary<string, object?> { ["messages"] = list });
    }

    public static AmqpExchange Schedule(SandboxQueue queue, in ManagementRequest request)
    {
        if (queue.DeadLetters is null || !request.TryGetMaps("messages", out var maps) || maps.Length > NumbersMax)
        {
            return ManagementAnswers.RefuseArgument(request, $"1 to {NumbersMax} messages can be scheduled.");
        }

        var messages = new StoredMessage[maps.Length];
        for (var index = 0; index < maps.Length; index++)
        {
            if (AmqpMaps.Find(maps[index], "message") is not byte[] encoded)
            {
                return ManagementAnswers.RefuseArgument(request, "A message is missing.");
            }

            messages[index] = queue.Read(encoded);
        }

        queue.Add(messages);
        return ManagementAnswers.Accept(request, new Dictionary<string, object?>
        {
            ["sequence-numbers"] = Array.ConvertAll(messages, message => (object?)message.SequenceNumber),
        });
    }

    public static AmqpExchange Cancel(SandboxQueue queue, in ManagementRequest request)
    {
        if (!TryGetNumbers(request, out var numbers))
        {
            return RefuseNumbers(request);
        }

        return queue.CancelScheduled(numbers)
            ? ManagementAnswers.Accept(request)
            : ManagementAnswers.RefuseMissing(request);
    }

    private static bool TryGetNumbers(in ManagementRequest request, out long[] numbers) =>
        request.TryGetNumbers("sequence-numbers", out numbers) && numbers.Length <= NumbersMax;

    private static AmqpExchange RefuseNumbers(in ManagementRequest request) =>
        ManagementAnswers.RefuseArgument(request, $"1 to {NumbersMax} sequence numbers are to be given.");
}

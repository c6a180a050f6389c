using DataExport.ServiceBus;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>What $cbs and a queue's $management answer.</summary>
internal static class ManagementAnswers
{
    private const string Prefix = "com.microsoft:";

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

    public static AmqpExchange Answer(SandboxQueue queue, AmqpExchange exchange)
    {
        var request = new ManagementRequest(exchange);
        try
        {
            return Answer(queue, request);
        }
        catch (ServiceBusException exception)
        {
            var code = exception.Reason == ServiceBusFailureReason.GeneralError ? 500 : 400;
            return Refuse(request, code, QueueProducer.ConditionOf(exception.Reason), exception.Message);
        }
        catch (AmqpDecodeException exception)
        {
            return RefuseArgument(request, exception.Message);
        }
    }

    public static AmqpExchange Accept(in ManagementRequest request, Dictionary<string, object?>? body = null) =>
        Reply(request, 200, "OK", body);

    /// <summary>There is nothing that the answer could hold.</summary>
    public static AmqpExchange AcceptEmpty(in ManagementRequest request) => Reply(request, 204, "No content", null);

    public static AmqpExchange RefuseLost(in ManagementRequest request) => Refuse(
        request, 410, AmqpCondition.MessageLockLost, "The lock supplied is invalid, or has expired.");

    public static AmqpExchange RefuseLostSession(in ManagementRequest request) => Refuse(
        request, 410, AmqpCondition.SessionLockLost, "The session lock has expired, or nobody holds the session.");

    public static AmqpExchange RefuseMissing(in ManagementRequest request) => Refuse(
        request, 404, AmqpCondition.MessageNotFound, "A message with a given sequence number is not there.");

    public static AmqpExchange RefuseArgument(in ManagementRequest request, string description) =>
        Refuse(request, 400, AmqpCondition.ArgumentError, description);

    private static AmqpExchange Answer(SandboxQueue queue, in ManagementRequest request) =>
        request.Operation switch
        {
            Prefix + "renew-lock" => LockOperations.Renew(queue, request),
            Prefix + "update-disposition" => LockOperations.Settle(queue, request),
            Prefix + "receive-by-sequence-number" => BrowseOperations.ReceiveDeferred(queue, request),
            Prefix + "peek-message" => BrowseOperations.Peek(queue, request),
            Prefix + "schedule-message" => BrowseOperations.Schedule(queue, request),
            Prefix + "cancel-scheduled-message" => BrowseOperations.Cancel(queue, request),
            Prefix + "renew-session-lock" => SessionOperations.Renew(queue, request),
            Prefix + "set-session-state" => SessionOperations.SetState(queue, request),
            Prefix + "get-session-state" => SessionOperations.GetState(queue, request),
            Prefix + "get-message-sessions" => SessionOperations.List(queue, request),
            var operation => Refuse(request, 501, AmqpCondition.NotImplemented, $"No operation {operation}."),
        };

    private static AmqpExchange Refuse(
        in ManagementRequest request, int code, string condition, string description) => new()
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

    private static AmqpExchange Reply(
        in ManagementRequest request, int code, string description, Dictionary<string, object?>? body) => new()
    {
        CorrelationId = request.MessageId,
        Properties = new Dictionary<string, object?>
        {
            ["statusCode"] = code,
            ["statusDescription"] = description,
        },
        Body = body ?? [],
    };
}

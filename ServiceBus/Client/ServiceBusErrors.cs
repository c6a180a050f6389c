using System.Globalization;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus;

/// <summary>What Service Bus' conditions and status codes mean to a caller.</summary>
internal static class ServiceBusErrors
{
    public static ServiceBusException ToException(AmqpError error, Exception? inner = null) =>
        new(ReasonOf(error.Condition), error.ToString(), inner);

    /// <summary>Any failure of a call as the exception that callers know.</summary>
    public static ServiceBusException ToException(Exception exception) => exception switch
    {
        ServiceBusException known => known,
        AmqpProtocolException protocol => ToException(protocol.Error, protocol),
        OperationCanceledException or TimeoutException => new ServiceBusException(
            ServiceBusFailureReason.ServiceTimeout, "Service Bus did not answer in time.", exception),
        _ => new ServiceBusException(
            ServiceBusFailureReason.ServiceCommunicationProblem,
            $"Service Bus cannot be reached: {exception.Message}",
            exception),
    };

    /// <summary>Whether a fresh token may help.</summary>
    public static bool IsUnauthorized(Exception? exception) => exception is not null
        && ToException(exception).Reason is ServiceBusFailureReason.Unauthorized;

    /// <summary>Failure that an answer of $cbs or $management tells, or null when it tells success.</summary>
    public static ServiceBusException? OfAnswer(AmqpExchange answer)
    {
        var code = Number(answer, "statusCode", "status-code");
        if (code is >= 200 and < 300)
        {
            return null;
        }

        var description = Text(answer, "statusDescription", "status-description");
        var condition = Text(answer, "errorCondition", "error-condition");
        var reason = condition is null ? ReasonOf(code) : ReasonOf(condition);
        return new ServiceBusException(
            reason, string.Create(CultureInfo.InvariantCulture, $"{condition ?? "Status"} {code}: {description}"));
    }

    public static ServiceBusFailureReason ReasonOf(string condition) => condition switch
    {
        AmqpCondition.MessageLockLost => ServiceBusFailureReason.MessageLockLost,
        AmqpCondition.NotFound => ServiceBusFailureReason.MessagingEntityNotFound,
        AmqpCondition.EntityDisabled => ServiceBusFailureReason.MessagingEntityDisabled,
        AmqpCondition.MessageSizeExceeded => ServiceBusFailureReason.MessageSizeExceeded,
        AmqpCondition.ResourceLimitExceeded => ServiceBusFailureReason.QuotaExceeded,
        AmqpCondition.ServerBusy => ServiceBusFailureReason.ServiceBusy,
        AmqpCondition.Timeout => ServiceBusFailureReason.ServiceTimeout,
        AmqpCondition.UnauthorizedAccess or AmqpCondition.AuthFailed => ServiceBusFailureReason.Unauthorized,
        AmqpCondition.ArgumentError or AmqpCondition.ArgumentOutOfRange => ServiceBusFailureReason.InvalidArgument,
        AmqpCondition.ConnectionForced or AmqpCondition.DetachForced =>
            ServiceBusFailureReason.ServiceCommunicationProblem,
        _ => ServiceBusFailureReason.GeneralError,
    };

    private static ServiceBusFailureReason ReasonOf(long code) => code switch
    {
        400 => ServiceBusFailureReason.InvalidArgument,
        401 => ServiceBusFailureReason.Unauthorized,
        403 => ServiceBusFailureReason.QuotaExceeded,
        404 => ServiceBusFailureReason.MessagingEntityNotFound,
        408 => ServiceBusFailureReason.ServiceTimeout,
        410 => ServiceBusFailureReason.MessageLockLost,
        503 => ServiceBusFailureReason.ServiceBusy,
        _ => ServiceBusFailureReason.GeneralError,
    };

    private static long Number(AmqpExchange answer, string name, string otherName) =>
        Value(answer, name, otherName) is IConvertible value and not string
            ? value.ToInt64(CultureInfo.InvariantCulture)
            : 0;

    private static string? Text(AmqpExchange answer, string name, string otherName) =>
        Value(answer, name, otherName)?.ToString();

    private static object? Value(AmqpExchange answer, string name, string otherName) =>
        answer.Properties.TryGetValue(name, out var value) || answer.Properties.TryGetValue(otherName, out value)
            ? value
            : null;
}

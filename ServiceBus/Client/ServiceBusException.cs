namespace DataExport.ServiceBus;

/// <summary>
/// Service Bus refused, or could not be reached. <see cref="Exception.Message"/> never holds a secret.
/// </summary>
public sealed class ServiceBusException : Exception
{
    public ServiceBusException()
        : this(ServiceBusFailureReason.GeneralError, "Service Bus failed.")
    {
    }

    public ServiceBusException(string message)
        : this(ServiceBusFailureReason.GeneralError, message)
    {
    }

    public ServiceBusException(string message, Exception? innerException)
        : this(ServiceBusFailureReason.GeneralError, message, innerException)
    {
    }

    public ServiceBusException(ServiceBusFailureReason reason, string message, Exception? innerException = null)
        : base(message, innerException) => Reason = reason;

    /// <summary>What callers decide by.</summary>
    public ServiceBusFailureReason Reason { get; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient => Reason is ServiceBusFailureReason.ServiceBusy
        or ServiceBusFailureReason.ServiceTimeout
        or ServiceBusFailureReason.ServiceCommunicationProblem
        or ServiceBusFailureReason.GeneralError;
}

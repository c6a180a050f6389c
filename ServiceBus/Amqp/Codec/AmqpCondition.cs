namespace DataExport.ServiceBus.Amqp;

/// <summary>Error conditions of AMQP 1.0 and of Service Bus, as they stand on the wire.</summary>
internal static class AmqpCondition
{
    public const string NotFound = "amqp:not-found";
    public const string NotAllowed = "amqp:not-allowed";
    public const string NotImplemented = "amqp:not-implemented";
    public const string InvalidField = "amqp:invalid-field";
    public const string DecodeError = "amqp:decode-error";
    public const string InternalError = "amqp:internal-error";
    public const string UnauthorizedAccess = "amqp:unauthorized-access";
    public const string ResourceLimitExceeded = "amqp:resource-limit-exceeded";
    public const string ConnectionForced = "amqp:connection:forced";
    public const string FramingError = "amqp:connection:framing-error";
    public const string WindowViolation = "amqp:session:window-violation";
    public const string HandleInUse = "amqp:session:handle-in-use";
    public const string UnattachedHandle = "amqp:session:unattached-handle";
    public const string DetachForced = "amqp:link:detach-forced";
    public const string TransferLimitExceeded = "amqp:link:transfer-limit-exceeded";
    public const string MessageSizeExceeded = "amqp:link:message-size-exceeded";
    public const string MessageLockLost = "com.microsoft:message-lock-lost";
    public const string DeadLetter = "com.microsoft:dead-letter";
    public const string Timeout = "com.microsoft:timeout";
    public const string ServerBusy = "com.microsoft:server-busy";
    public const string EntityDisabled = "com.microsoft:entity-disabled";
    public const string ArgumentError = "com.microsoft:argument-error";
    public const string ArgumentOutOfRange = "com.microsoft:argument-out-of-range";
    public const string AuthFailed = "com.microsoft:auth-failed";
    public const string SessionLockLost = "com.microsoft:session-lock-lost";
    public const string SessionCannotBeLocked = "com.microsoft:session-cannot-be-locked";
    public const string MessageNotFound = "com.microsoft:message-not-found";
}

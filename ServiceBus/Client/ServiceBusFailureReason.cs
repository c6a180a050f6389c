namespace DataExport.ServiceBus;

/// <summary>Why Service Bus refused. Named after Azure.Messaging.ServiceBus; logs carry these names.</summary>
public enum ServiceBusFailureReason
{
    /// <summary>The service or the transport gave no known condition.</summary>
    GeneralError = 0,

    /// <summary>The message's lock has expired or its link is gone: the message comes again.</summary>
    MessageLockLost = 1,

    /// <summary>No such queue, topic or subscription.</summary>
    MessagingEntityNotFound = 2,

    /// <summary>The entity exists and is disabled.</summary>
    MessagingEntityDisabled = 3,

    /// <summary>The message, or the batch, is larger than the entity takes.</summary>
    MessageSizeExceeded = 4,

    /// <summary>The entity or the namespace is full.</summary>
    QuotaExceeded = 5,

    /// <summary>The service throttles.</summary>
    ServiceBusy = 6,

    /// <summary>No answer in time.</summary>
    ServiceTimeout = 7,

    /// <summary>The connection could not be made, or broke.</summary>
    ServiceCommunicationProblem = 8,

    /// <summary>The token was refused, or has expired.</summary>
    Unauthorized = 9,

    /// <summary>The caller's argument was refused.</summary>
    InvalidArgument = 10,
}

namespace DataExport.Sandbox;

/// <summary>
/// One post of an asynchronous step: the body of a <c>RemoteExecutionContext</c> in JSON, and what stands on the
/// message around it.
/// </summary>
public readonly struct Notification
{
    /// <summary>Content type of every body.</summary>
    public const string ContentType = "application/json";

    /// <summary>The body in UTF-8. Valid until <see cref="INotificationSink.Post"/> returns.</summary>
    public ReadOnlyMemory<byte> Body { get; internal init; }

    /// <summary>The table or <c>none</c>: value of <see cref="NotificationProperties.EntityLogicalName"/>.</summary>
    public string Table { get; internal init; }

    /// <summary>
    /// <c>Create</c>, <c>Update</c>, <c>Delete</c>, <c>Restore</c>, <c>Associate</c> or <c>Disassociate</c>, the value
    /// of <see cref="NotificationProperties.RequestName"/>.
    /// </summary>
    public string MessageName { get; internal init; }

    /// <summary>Host of the organization, the value of <see cref="NotificationProperties.Organization"/>.</summary>
    public string Organization { get; internal init; }

    /// <summary>The calling user, who is the initiating one, too: <see cref="NotificationProperties.User"/>.</summary>
    public Guid UserId { get; internal init; }

    /// <summary>Whether the columns were dropped, since the body would have been too large for the bus.</summary>
    public bool IsTruncated { get; internal init; }

    /// <summary>Id of the system job: new for every post, the same for its repetitions.</summary>
    public Guid OperationId { get; internal init; }

    /// <summary>Shared by all operations of one request.</summary>
    public Guid CorrelationId { get; internal init; }

    /// <summary>The changed record. Not on the wire beside the body: for measuring and tests.</summary>
    public Guid RecordId { get; internal init; }

    /// <summary>The version that the change gave the record. Not on the wire: for measuring and tests.</summary>
    public long Version { get; internal init; }

    /// <summary>The clock's timestamp at the commit. Not on the wire: for measuring.</summary>
    public long CommittedTimestamp { get; internal init; }

    /// <summary>The registered steps that it is a post of; none of a post for queues that get everything.</summary>
    internal StepRoute[] Routes { get; init; }

    /// <summary>Whether queues that get everything get it.</summary>
    internal bool IsForAll { get; init; }

    /// <summary>The same with a body of its own, which stays valid.</summary>
    public Notification Copy() => this with { Body = Body.ToArray() };
}

/// <summary>Keys of the application properties on every message.</summary>
public static class NotificationProperties
{
    /// <summary>Host of the organization.</summary>
    public const string Organization = "http://schemas.microsoft.com/xrm/2011/Claims/Organization";

    /// <summary>Id of the calling user.</summary>
    public const string User = "http://schemas.microsoft.com/xrm/2011/Claims/User";

    /// <summary>Id of the user who began it all.</summary>
    public const string InitiatingUser = "http://schemas.microsoft.com/xrm/2011/Claims/InitiatingUser";

    /// <summary>The program that the user worked with; may be empty.</summary>
    public const string InitiatingUserAgent = "http://schemas.microsoft.com/xrm/2011/Claims/InitiatingUserAgent";

    /// <summary>Logical name of the table.</summary>
    public const string EntityLogicalName = "http://schemas.microsoft.com/xrm/2011/Claims/EntityLogicalName";

    /// <summary>Name of the message, such as <c>Update</c>.</summary>
    public const string RequestName = "http://schemas.microsoft.com/xrm/2011/Claims/RequestName";

    /// <summary>Present when the columns were dropped.</summary>
    public const string MessageMaxSizeExceeded = "MessageMaxSizeExceeded";
}

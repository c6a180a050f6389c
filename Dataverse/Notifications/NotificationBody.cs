namespace DataExport.Dataverse.Notifications;

/// <summary>A notification as the bus or a file gave it.</summary>
/// <param name="Bytes">The body. It is read during the decode only.</param>
/// <param name="ContentType">The message's content type, or <see langword="null"/>. The first bytes decide.</param>
/// <param name="IsTruncated">
/// Whether the message has an application property whose name contains <c>MessageMaxSizeExceeded</c>.
/// </param>
public readonly record struct NotificationBody(
    ReadOnlyMemory<byte> Bytes, string? ContentType = null, bool IsTruncated = false)
{
    /// <summary>Part of the name of the application property that marks a truncated notification.</summary>
    public const string TruncatedPropertyName = "MessageMaxSizeExceeded";

    /// <summary>The same as it stands on the wire.</summary>
    public static ReadOnlySpan<byte> TruncatedPropertyNameUtf8 => "MessageMaxSizeExceeded"u8;
}

using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Decodes the body of a notification, a <c>RemoteExecutionContext</c> in JSON, to the changes it tells of. Keeps buffers:
/// one instance for each loop that decodes, not for several threads.
/// </summary>
public sealed class NotificationDecoder(NotificationDecoderOptions? options = null)
{
    private readonly NotificationDecoderOptions _options = options ?? new NotificationDecoderOptions();

    /// <summary>
    /// Fills <paramref name="result"/>, or says in <paramref name="fault"/> what is wrong. Throws on no content, however
    /// hostile.
    /// </summary>
    public bool TryDecode(
        in NotificationBody body, TableCatalog tables, DecodedNotification result, out DecodeFault fault)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(result);
        result.Clear();
        fault = new DecodeFault(0, $"Not decoded: {body.Bytes.Length} of {_options.BodyBytesMax} bytes");
        return false;
    }
}

using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Decodes the body of a notification, a <c>RemoteExecutionContext</c> in JSON, to the changes it tells of. Keeps
/// buffers: one instance for each loop that decodes, not for several threads.
/// </summary>
/// <remarks>
/// The body is read once and no tree is made of it. Its parameters come before the members that say what they mean,
/// so the records they name are kept, and become changes at the end.
/// </remarks>
public sealed class NotificationDecoder(NotificationDecoderOptions? options = null)
{
    private readonly NotificationDecoderOptions _options = options ?? new NotificationDecoderOptions();
    private readonly ParameterReader _parameters = new();

    /// <summary>
    /// Fills <paramref name="result"/>, or says in <paramref name="fault"/> what is wrong. Throws on no content,
    /// however hostile.
    /// </summary>
    public bool TryDecode(
        in NotificationBody body, TableCatalog tables, DecodedNotification result, out DecodeFault fault)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(result);
        result.Clear();
        result.IsTruncated = body.IsTruncated;
        if (!TryFindJson(body, out var start, out fault))
        {
            return false;
        }

        var json = body.Bytes.Span[start..];
        try
        {
            var envelope = new EnvelopeReader(json, tables, result, _parameters);
            envelope.Read(new JsonReaderOptions { MaxDepth = _options.DepthMax });
            new ChangeCollector(tables, result, envelope.Kind, envelope.PrimaryTable).Add(_parameters);
            return true;
        }
        catch (JsonException exception)
        {
            fault = new DecodeFault(start + JsonFaults.PositionIn(json, exception), JsonFaults.ReasonOf(exception));
            result.Clear();
            return false;
        }
    }

    /// <summary>Finds the first brace behind a byte order mark and white space.</summary>
    private bool TryFindJson(in NotificationBody body, out int start, out DecodeFault fault)
    {
        var bytes = body.Bytes.Span;
        start = bytes.StartsWith("\uFEFF"u8) ? 3 : 0;
        fault = default;
        if (bytes.Length > _options.BodyBytesMax)
        {
            fault = new DecodeFault(_options.BodyBytesMax, $"the body is longer than {_options.BodyBytesMax} bytes");
            return false;
        }

        var brace = bytes[start..].IndexOfAnyExcept(" \t\r\n"u8);
        if (brace < 0)
        {
            fault = new DecodeFault(start, "the body is empty");
            return false;
        }

        start += brace;
        if (bytes[start] == '{')
        {
            return true;
        }

        fault = new DecodeFault(start, NotJson(bytes[start], body.ContentType));
        return false;
    }

    private static string NotJson(byte first, string? contentType) => (first, contentType) switch
    {
        ((byte)'<', _) or (_, "application/xml") => "the body is XML, which is not decoded yet; register JSON",
        ((byte)'@', _) or (_, "application/msbin1") =>
            "the body is .NET binary XML, which is not decoded yet; register JSON",
        _ => "the body is no JSON object",
    };
}

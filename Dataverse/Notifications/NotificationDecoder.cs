using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Decodes the body of a notification, a <c>RemoteExecutionContext</c> in JSON, to the changes it tells of. Keeps
/// buffers: one instance for each loop that decodes, not for several threads.
/// </summary>
/// <remarks>
/// The body is read twice, but no tree is made of it: first its top level, which tells the request and where its
/// parameters are, then the parameters.
/// </remarks>
public sealed class NotificationDecoder(NotificationDecoderOptions? options = null)
{
    private readonly NotificationDecoderOptions _options = options ?? new NotificationDecoderOptions();
    private readonly ChangeReader _changes = new();

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
        long partStart = 0;
        try
        {
            Decode(json, tables, result, ref partStart);
            return true;
        }
        catch (JsonException exception)
        {
            var position = start + partStart + JsonFaults.PositionIn(json[(int)partStart..], exception);
            fault = new DecodeFault(position, JsonFaults.ReasonOf(exception));
            result.Clear();
            return false;
        }
    }

    private void Decode(
        ReadOnlySpan<byte> json, TableCatalog tables, DecodedNotification result, ref long partStart)
    {
        var readerOptions = new JsonReaderOptions { MaxDepth = _options.DepthMax };
        var envelope = new EnvelopeReader(json, tables, result);
        envelope.Read(readerOptions);
        var changes = new ChangeCollector(tables, result, envelope.Kind, envelope.PrimaryTable);
        if (envelope.InputParameters.IsEmpty)
        {
            changes.AddWithoutParameters();
            return;
        }

        partStart = envelope.InputParameters.Start;
        var parameters = envelope.InputParameters.Of(json);
        var reader = new Utf8JsonReader(parameters, readerOptions);
        _changes.Read(ref reader, parameters, changes);
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

using System.Text.Json;
using DataExport.Dataverse.Columns;
using DataExport.Dataverse.Json;
using DataExport.Dataverse.Xml;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Decodes the body of a notification, a <c>RemoteExecutionContext</c> in JSON, XML or .NET binary XML, to the changes
/// it tells of. Keeps buffers: one instance for each loop that decodes, not for several threads.
/// </summary>
/// <remarks>
/// The body is read once and no tree is made of it. Its parameters come before the members that say what they mean,
/// so the records they name are kept, and become changes at the end. What a record's attributes and a message mean is
/// written once (<see cref="RecordDraft"/>, <see cref="ChangeCollector"/>); only the way to them differs by format.
/// </remarks>
public sealed class NotificationDecoder(NotificationDecoderOptions? options = null)
{
    private readonly NotificationDecoderOptions _options = options ?? new NotificationDecoderOptions();
    private readonly Parameters _parameters = new();
    private readonly XmlBuffers _xml = new();

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
        if (!TryFindFormat(body, out var format, out var start, out fault))
        {
            return false;
        }

        var content = body.Bytes.Span[start..];
        try
        {
            var envelope = Read(format, content, tables, result);
            new ChangeCollector(tables, result, envelope.Kind, envelope.PrimaryTable).Add(_parameters);
            return true;
        }
        catch (JsonException exception)
        {
            fault = new DecodeFault(
                start + JsonFaults.PositionIn(content, exception), JsonFaults.ReasonOf(exception));
        }
        catch (DecodeException exception)
        {
            fault = new DecodeFault(start + exception.Position, exception.Message);
        }

        result.Clear();
        return false;
    }

    private Envelope Read(
        BodyFormat format, ReadOnlySpan<byte> content, TableCatalog tables, DecodedNotification result)
    {
        if (format is BodyFormat.Json)
        {
            return new EnvelopeReader(content, tables, result, _parameters)
                .Read(new JsonReaderOptions { MaxDepth = _options.DepthMax });
        }

        if (format is BodyFormat.Xml)
        {
            var text = new TextXml(content, _xml, _options.DepthMax);
            return XmlEnvelopeReader.Read(ref text, tables, result, _parameters);
        }

        var binary = new BinaryXml(content, _xml, _options.DepthMax);
        return XmlEnvelopeReader.Read(ref binary, tables, result, _parameters);
    }

    private bool TryFindFormat(
        in NotificationBody body, out BodyFormat format, out int start, out DecodeFault fault)
    {
        var bytes = body.Bytes.Span;
        (format, start, fault) = (BodyFormat.None, 0, default);
        if (bytes.Length > _options.BodyBytesMax)
        {
            fault = new DecodeFault(_options.BodyBytesMax, $"the body is longer than {_options.BodyBytesMax} bytes");
            return false;
        }

        format = BodyFormats.Of(bytes, body.ContentType, out start);
        if (format is BodyFormat.None)
        {
            fault = new DecodeFault(start, BodyFormats.FaultOf(bytes, start, body.ContentType));
        }

        return format is not BodyFormat.None;
    }
}

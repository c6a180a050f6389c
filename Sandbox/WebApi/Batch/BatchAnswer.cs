using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace DataExport.Sandbox;

/// <summary>
/// The answers to a batch, in order, each found when the one before is written. After an error the rest is left out,
/// unless the caller asked to go on.
/// </summary>
internal sealed class BatchAnswer(
    WebApiServer server, List<BatchPart> parts, bool continuesOnError, string baseAddress) : ApiAnswer
{
    private readonly string _boundary =
        $"batchresponse_{DrawnId.Of(Mixer.Mix((ulong)server.Counters.Batches))}";

    private int _next;
    private ApiAnswer? _current;
    private bool _isStopped;

    public override string ContentType => $"multipart/mixed; boundary={_boundary}";

    public override bool WriteSome(IBufferWriter<byte> output)
    {
        if (_current is null)
        {
            if (_isStopped || _next == parts.Count)
            {
                Write(output, $"--{_boundary}--\r\n");
                return false;
            }

            Begin(output, parts[_next++]);
        }

        if (!_current!.WriteSome(output))
        {
            Write(output, "\r\n");
            _current = null;
        }

        return true;
    }

    private void Begin(IBufferWriter<byte> output, BatchPart part)
    {
        _current = server.Answer(part.Target, part.Prefer, baseAddress);
        _isStopped = _current.Status >= 400 && !continuesOnError;
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"--{_boundary}\r\n")
            .Append("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n")
            .Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {_current.Status} ")
            .Append(ReasonPhrases.GetReasonPhrase(_current.Status))
            .Append(CultureInfo.InvariantCulture, $"\r\nContent-Type: {_current.ContentType}")
            .Append("\r\nOData-Version: 4.0\r\n");
        if (_current.PreferenceApplied is { } applied)
        {
            head.Append(CultureInfo.InvariantCulture, $"Preference-Applied: {applied}\r\n");
        }

        Write(output, head.Append("\r\n").ToString());
    }

    private static void Write(IBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);
}

using System.Buffers.Text;
using System.Net;
using System.Text;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>Walks the parts of a <c>multipart/mixed</c> answer, which stand in the order of the requests.</summary>
internal ref struct BatchAnswer
{
    private readonly ReadOnlySpan<byte> _delimiter;
    private ReadOnlySpan<byte> _rest;

    public BatchAnswer(ReadOnlySpan<byte> body, string boundary)
    {
        _delimiter = Encoding.ASCII.GetBytes($"--{boundary}");
        _rest = body;
        _ = TakeUntilDelimiter();
    }

    /// <summary>The current part's status.</summary>
    public HttpStatusCode Status { get; private set; }

    /// <summary>The current part's body.</summary>
    public ReadOnlySpan<byte> Body { get; private set; }

    /// <summary>How long the current part asks to wait.</summary>
    public TimeSpan? RetryAfter { get; private set; }

    /// <summary>Steps to the next part.</summary>
    /// <exception cref="SourceException">There is none, or it is no answer.</exception>
    public void MoveNext()
    {
        if (_rest.IsEmpty || _rest.StartsWith("--"u8))
        {
            throw NoAnswer();
        }

        var part = TakeUntilDelimiter();
        SkipHeaders(ref part);
        var status = TakeLine(ref part);
        if (!status.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(status[9..], out int code, out _))
        {
            throw NoAnswer();
        }

        Status = (HttpStatusCode)code;
        RetryAfter = ReadHeaders(ref part);
        Body = part;
    }

    /// <summary>The part's fault.</summary>
    public readonly SourceException ToFault() => SourceFaults.From(Status, Body, RetryAfter);

    private static SourceException NoAnswer() =>
        new(SourceFault.Unavailable, "The environment did not answer every request of a batch.");

    private static void SkipHeaders(ref ReadOnlySpan<byte> part) => _ = ReadHeaders(ref part);

    private static TimeSpan? ReadHeaders(ref ReadOnlySpan<byte> part)
    {
        TimeSpan? retryAfter = null;
        while (!part.IsEmpty)
        {
            var line = TakeLine(ref part);
            if (line.IsEmpty)
            {
                break;
            }

            const int Name = 12;
            if (line.Length > Name && Ascii.EqualsIgnoreCase(line[..Name], "Retry-After:"u8)
                && Utf8Parser.TryParse(line[Name..].Trim((byte)' '), out int seconds, out _))
            {
                retryAfter = TimeSpan.FromSeconds(seconds);
            }
        }

        return retryAfter;
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var line = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return line.TrimEnd(" \r"u8);
    }

    /// <summary>
    /// What stands before the next delimiter. The rest then begins behind that line, or with the last one's hyphens.
    /// </summary>
    private ReadOnlySpan<byte> TakeUntilDelimiter()
    {
        var at = _rest.IndexOf(_delimiter);
        if (at < 0)
        {
            var all = _rest;
            _rest = default;
            return all;
        }

        var before = _rest[..at];
        _rest = _rest[(at + _delimiter.Length)..];
        if (!_rest.StartsWith("--"u8))
        {
            _ = TakeLine(ref _rest);
        }

        return before;
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using DataExport.Dataverse.Json;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>
/// Reads a page while it arrives: token by token, so that no more of its text is held than the longest value and a
/// buffer. For one page.
/// </summary>
internal sealed class PageReader(RowShape shape, bool idsOnly)
{
    private const int BufferBytes = 128 * 1024;

    // Depths of the reader: the page's object 0, its members 1, the rows' objects 2, their members 3.
    private const int MemberDepth = 1;
    private const int RowDepth = 2;
    private const int RowMemberDepth = 3;
    private readonly RowBuilder _row = new(shape, idsOnly);
    private readonly MemberSequence _members = new(shape);
    private PageMember _member;
    private RowMember _rowMember;

    /// <summary>What was read.</summary>
    public PageBuilder Page { get; } = new();

    /// <summary>Reads a page from a stream.</summary>
    /// <param name="stream">The page.</param>
    /// <param name="options">How long a single value may be, and how much of a page is held.</param>
    /// <param name="sink">Where rows go that are too many to be held; without one all are.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="SourceException">The page makes no sense.</exception>
    public async Task ReadAsync(
        Stream stream, DataverseSourceOptions options, RowSink? sink, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        var length = 0;
        var state = default(JsonReaderState);
        try
        {
            for (var isLast = false; !isLast;)
            {
                if (length == buffer.Length)
                {
                    buffer = Enlarge(buffer, options.ValueBytesMax);
                }

                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
                isLast = read == 0;
                length += read;
                var consumed = Read(buffer.AsSpan(0, length), isLast, ref state);
                buffer.AsSpan(consumed, length - consumed).CopyTo(buffer);
                length -= consumed;
                if (sink is not null && Page.Bytes > options.PageBytesMax)
                {
                    await sink(Page.TakeRows(), cancellationToken);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads a page that is there as a whole.</summary>
    /// <exception cref="SourceException">The page makes no sense.</exception>
    public void Read(ReadOnlySpan<byte> json)
    {
        var state = default(JsonReaderState);
        _ = Read(json, isLast: true, ref state);
    }

    private static byte[] Enlarge(byte[] buffer, int bytesMax)
    {
        if (buffer.Length >= bytesMax)
        {
            throw new SourceException(
                SourceFault.Unavailable, $"The environment sent a value of more than {bytesMax} bytes.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private int Read(ReadOnlySpan<byte> json, bool isLast, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(json, isLast, state);
        try
        {
            while (reader.Read())
            {
                Take(ref reader);
            }
        }
        catch (JsonException)
        {
            throw new SourceException(
                SourceFault.Unavailable, $"The answer for table '{shape.Columns.Table.Name}' is cut off or no JSON.");
        }

        state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth)
        {
            case MemberDepth:
                TakeMember(ref reader);
                break;
            case RowDepth when _member is PageMember.Value && reader.TokenType is JsonTokenType.StartObject:
                _row.Begin();
                _members.Begin();
                break;
            case RowDepth when _member is PageMember.Value && reader.TokenType is JsonTokenType.EndObject:
                _row.End(Page);
                break;
            case RowMemberDepth when _member is PageMember.Value:
                TakeRowMember(ref reader);
                break;
        }
    }

    private void TakeMember(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.PropertyName)
        {
            _member = reader.Is("value"u8) ? PageMember.Value
                : reader.Is("@odata.nextLink"u8) ? PageMember.NextLink
                : reader.Is("@odata.deltaLink"u8) ? PageMember.DeltaLink
                : PageMember.Other;
        }
        else if (reader.TokenType is JsonTokenType.String && _member is PageMember.NextLink)
        {
            Page.NextLink = ReadLink(ref reader);
        }
        else if (reader.TokenType is JsonTokenType.String && _member is PageMember.DeltaLink)
        {
            Page.DeltaLink = ReadLink(ref reader);
        }
    }

    private void TakeRowMember(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is JsonTokenType.PropertyName)
        {
            _rowMember = reader.ValueIsEscaped ? FindEscaped(ref reader) : _members.Find(reader.ValueSpan);
        }
        else if (_rowMember.Kind is not RowMemberKind.Unknown)
        {
            _row.Take(ref reader, _rowMember);
            _rowMember = default;
        }
    }

    private RowMember FindEscaped(ref Utf8JsonReader reader) =>
        shape.Find(reader.Plain(stackalloc byte[JsonText.NameBytesMax]));

    private static string ReadLink(ref Utf8JsonReader reader)
    {
        var scratch = new byte[reader.ValueSpan.Length];
        return Encoding.UTF8.GetString(reader.Plain(scratch));
    }

    private enum PageMember
    {
        Other,
        Value,
        NextLink,
        DeltaLink,
    }
}

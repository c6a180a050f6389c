using System.Buffers.Binary;
using System.Text;

namespace DataExport.Dataverse.Tests.Xml;

/// <summary>Makes hostile bodies of good ones. The same seed makes the same bodies.</summary>
internal sealed class BodyMutator(IReadOnlyList<byte[]> originals, int seed)
{
    private const int BodyBytesMax = 256 * 1024;
    private const string Letters = "{}[]\",:\\/u0123456789abcdefEet-+. <>&;!?='\"#x\r\n\0\uFFFD";

    private static readonly string[] Numbers =
    [
        "0", "-1", "2147483648", "-9223372036854775809", "1e400", "1E-400", "99999999999999999999999999999999999999",
        "0000000000000000000000000001", "NaN", "INF", "0x10", "1.", ".5", "--1",
    ];

    private static readonly string[] Insertions =
    [
        "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&#0;", "&#x110000;", "]]>", "<![CDATA[", "<!--", "--", "<?x", "?>",
        "\uFEFF", "xmlns:i='u'", " i:nil='true'", "</a>", "<a>", "<a/>", "\\u0000", "\\ud800", "null", "{}", "[[[[",
        "/*",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The next body.</summary>
    public byte[] Next()
    {
        var body = Pick(originals).ToList();
        for (var edits = _random.Next(1, 5); edits > 0 && body.Count > 1; edits--)
        {
            Edit(body);
        }

        return [.. body.Take(BodyBytesMax)];
    }

    private void Edit(List<byte> body)
    {
        var at = _random.Next(body.Count);
        switch (_random.Next(11))
        {
            case 0:
                body[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                body[at] = (byte)_random.Next(256);
                break;
            case 2:
                body[at] = (byte)Letters[_random.Next(Letters.Length)];
                break;
            case 3:
                body.RemoveRange(at, _random.Next(1, Math.Min(40, body.Count - at) + 1));
                break;
            case 4:
                body.RemoveRange(at, body.Count - at);
                break;
            case 5:
                Splice(body, at);
                break;
            case 6:
                Overwrite(body, at);
                break;
            case 7:
                ReplaceNumber(body, at);
                break;
            case 8:
                Nest(body, at);
                break;
            case 9:
                body.InsertRange(at, Encoding.UTF8.GetBytes(Pick(Insertions)));
                break;
            default:
                body.InsertRange(at, body.GetRange(at, _random.Next(1, Math.Min(200, body.Count - at) + 1)));
                break;
        }
    }

    /// <summary>Puts a part of another body, maybe of another format, in the place of what follows.</summary>
    private void Splice(List<byte> body, int at)
    {
        var other = Pick(originals);
        var from = _random.Next(other.Length);
        var length = _random.Next(1, Math.Min(2_000, other.Length - from) + 1);
        body.RemoveRange(at, Math.Min(_random.Next(2) * length, body.Count - at));
        body.InsertRange(at, other.AsSpan(from, length).ToArray());
    }

    /// <summary>
    /// Writes lengths and record types over bytes: 0 to 5 bytes of a length, near and beyond the limits.
    /// </summary>
    private void Overwrite(List<byte> body, int at)
    {
        Span<byte> bytes = stackalloc byte[5];
        var length = _random.Next(1, 6);
        switch (_random.Next(4))
        {
            case 0:
                bytes.Fill(0xFF);
                bytes[length - 1] = (byte)_random.Next(256);
                break;
            case 1:
                BinaryPrimitives.WriteInt32LittleEndian(bytes, int.MaxValue - _random.Next(16));
                break;
            case 2:
                bytes[0] = (byte)_random.Next(0x80, 0xC0);
                bytes[1] = (byte)_random.Next(256);
                break;
            default:
                bytes[0] = (byte)_random.Next(0, 0x78);
                break;
        }

        for (var index = 0; index < length && at + index < body.Count; index++)
        {
            body[at + index] = bytes[index];
        }
    }

    private void ReplaceNumber(List<byte> body, int at)
    {
        var digit = body.FindIndex(at, value => value is >= (byte)'0' and <= (byte)'9');
        if (digit >= 0)
        {
            body.RemoveAt(digit);
            body.InsertRange(digit, Encoding.UTF8.GetBytes(Pick(Numbers)));
        }
    }

    /// <summary>Repeats a short opening part, so that the body nests.</summary>
    private void Nest(List<byte> body, int at)
    {
        byte[] open = _random.Next(4) switch
        {
            0 => [.. "["u8],
            1 => [.. "{\"value\":"u8],
            2 => [.. "<value>"u8],
            _ => [0x40, 5, .. "value"u8],
        };
        var times = _random.Next(1, 300);
        body.InsertRange(at, Enumerable.Repeat(open, times).SelectMany(bytes => bytes));
    }

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];
}

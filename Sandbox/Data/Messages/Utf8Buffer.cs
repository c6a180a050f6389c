using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace DataExport.Sandbox;

/// <summary>A growing buffer of UTF-8 text, made to be kept and used again. Not for several threads.</summary>
internal sealed class Utf8Buffer
{
    private byte[] _bytes = new byte[16 * 1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Clear() => Length = 0;

    /// <summary>Room for at least so many bytes, to be followed by <see cref="Advance"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Reserve(int bytes)
    {
        if (_bytes.Length - Length < bytes)
        {
            Grow(bytes);
        }

        return _bytes.AsSpan(Length);
    }

    public void Advance(int bytes) => Length += bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Reserve(utf8.Length));
        Length += utf8.Length;
    }

    public void Write(byte letter)
    {
        Reserve(1)[0] = letter;
        Length++;
    }

    /// <summary>Takes back a comma that nothing follows.</summary>
    public void TrimComma()
    {
        if (Length > 0 && _bytes[Length - 1] == (byte)',')
        {
            Length--;
        }
    }

    /// <summary>Writes a part of what was written before once more.</summary>
    public void Repeat(Range written)
    {
        var (offset, length) = written.GetOffsetAndLength(Length);
        _ = Reserve(length);
        _bytes.AsSpan(offset, length).CopyTo(_bytes.AsSpan(Length));
        Length += length;
    }

    public void Write(long number)
    {
        _ = Utf8Formatter.TryFormat(number, Reserve(20), out var bytes);
        Length += bytes;
    }

    public void Write(Guid id)
    {
        _ = id.TryFormat(Reserve(36), out var bytes);
        Length += bytes;
    }

    /// <summary>Writes a JSON string, quotes and all.</summary>
    public void WriteString(string text, bool escapesSlash)
    {
        Write((byte)'"');
        var plain = 0;
        for (var place = 0; place < text.Length; place++)
        {
            var letter = text[place];
            if (letter >= ' ' && letter is not ('"' or '\\') && (letter != '/' || !escapesSlash))
            {
                continue;
            }

            WriteText(text.AsSpan(plain, place - plain));
            WriteEscaped(letter);
            plain = place + 1;
        }

        WriteText(text.AsSpan(plain));
        Write((byte)'"');
    }

    /// <summary>Writes a number with its decimal places, all of them.</summary>
    public void WriteScaled(long unscaled, int scale)
    {
        var power = PowersOfTen.Of(scale);
        if (unscaled < 0)
        {
            Write((byte)'-');
        }

        var magnitude = (ulong)Math.Abs(unscaled);
        var whole = magnitude / power;
        Write((long)whole);
        if (scale == 0)
        {
            return;
        }

        var rest = magnitude - (whole * power);
        var places = Reserve(scale + 1);
        places[0] = (byte)'.';
        for (var place = scale; place > 0; place--)
        {
            var tenth = rest / 10;
            places[place] = (byte)('0' + (rest - (tenth * 10)));
            rest = tenth;
        }

        Length += scale + 1;
    }

    /// <summary>Writes <paramref name="number"/> with leading zeros.</summary>
    public void WriteDigits(int number, int digits)
    {
        var places = Reserve(digits);
        for (var place = digits - 1; place >= 0; place--)
        {
            places[place] = (byte)('0' + (number % 10));
            number /= 10;
        }

        Length += digits;
    }

    /// <summary>Hands what was written over to <paramref name="output"/> and clears.</summary>
    public void Flush(IBufferWriter<byte> output)
    {
        output.Write(Written);
        Length = 0;
    }

    private void WriteText(ReadOnlySpan<char> text) =>
        Length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));

    private void WriteEscaped(char letter)
    {
        Write((byte)'\\');
        if (letter >= ' ')
        {
            Write((byte)letter);
            return;
        }

        Write("u00"u8);
        Write((byte)('0' + (letter >> 4)));
        Write((byte)"0123456789abcdef"[letter & 15]);
    }

    private void Grow(int bytes) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + bytes));
}

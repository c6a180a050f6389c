using System.Buffers;
using System.Text;

namespace DataExport.Grains.Selection;

/// <summary>A text's characters, in a buffer that is lent: a filter is evaluated for every row.</summary>
internal readonly ref struct FilterText
{
    private readonly char[] _lent;
    private readonly int _length;

    public FilterText(ReadOnlySpan<byte> utf8)
    {
        _lent = ArrayPool<char>.Shared.Rent(Math.Max(1, utf8.Length));
        _length = Encoding.UTF8.GetChars(utf8, _lent);
    }

    public ReadOnlySpan<char> Chars => _lent.AsSpan(0, _length);

    public void Dispose() => ArrayPool<char>.Shared.Return(_lent);
}

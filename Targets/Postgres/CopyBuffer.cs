using System.Buffers.Binary;
using DataExport.Targets.Merging;

namespace DataExport.Targets.Postgres;

/// <summary>
/// Rows in the binary form of COPY, as PostgreSQL's manual describes it under "COPY, Binary Format". Made to be kept
/// and filled again; not for several threads.
/// </summary>
internal sealed class CopyBuffer : ICellWriter
{
    private const int HeaderBytes = 19;
    private const uint NumericDigitBase = 10_000;
    private const ushort Positive = 0;
    private const ushort Negative = 0x4000;

    /// <summary>2000-01-01, from which PostgreSQL counts microseconds.</summary>
    private static readonly long _epochTicks = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private static ReadOnlySpan<byte> Signature =>
        [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00];

    private byte[] _bytes = new byte[64 * 1024];
    private int _length;

    /// <summary>What was written, complete after <see cref="End"/>.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _length);

    /// <summary>How many bytes the buffer keeps.</summary>
    public int Capacity => _bytes.Length;

    /// <summary>Forgets what was written, once that has been sent.</summary>
    public void Clear() => _length = 0;

    /// <summary>Begins anew.</summary>
    public void Begin()
    {
        Clear();
        var header = Take(HeaderBytes);
        header.Clear();
        Signature.CopyTo(header);
    }

    /// <summary>Begins a row of so many cells.</summary>
    public void BeginRow(int cells) => BinaryPrimitives.WriteInt16BigEndian(Take(2), (short)cells);

    public void AddNull() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    public void Add(Guid value)
    {
        var cell = Cell(16);
        _ = value.TryWriteBytes(cell, bigEndian: true, out _);
    }

    public void Add(int value) => BinaryPrimitives.WriteInt32BigEndian(Cell(4), value);

    public void Add(long value) => BinaryPrimitives.WriteInt64BigEndian(Cell(8), value);

    public void Add(bool value) => Cell(1)[0] = value ? (byte)1 : (byte)0;

    public void Add(ReadOnlySpan<byte> utf8) => utf8.CopyTo(Cell(utf8.Length));

    /// <summary>A time without zone, to the microsecond.</summary>
    public void Add(DateTime value) => BinaryPrimitives.WriteInt64BigEndian(
        Cell(8), (value.Ticks - _epochTicks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>A <c>numeric</c>: digits to the base of 10,000, the weight of the first, sign and scale.</summary>
    public void Add(decimal value)
    {
        Span<short> digits = stackalloc short[16];
        Span<int> bits = stackalloc int[4];
        _ = decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var magnitude = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);

        // Digits are counted from the point, so the last one is filled up with zeros behind it.
        var spare = (4 - (scale % 4)) % 4;
        var last = spare switch { 1 => 10u, 2 => 100u, 3 => 1_000u, _ => 1u };
        var count = 0;
        var rest = magnitude * last;
        for (; rest > ulong.MaxValue; count++)
        {
            (rest, var digit) = UInt128.DivRem(rest, NumericDigitBase);
            digits[count] = (short)digit;
        }

        // Nearly every number has only these digits, and they cost a tenth.
        for (var low = (ulong)rest; low != 0; count++)
        {
            (low, var digit) = Math.DivRem(low, NumericDigitBase);
            digits[count] = (short)digit;
        }

        var cell = Cell(8 + (2 * count));
        BinaryPrimitives.WriteInt16BigEndian(cell, (short)count);
        BinaryPrimitives.WriteInt16BigEndian(cell[2..], (short)(count - 1 - ((scale + spare) / 4)));
        BinaryPrimitives.WriteUInt16BigEndian(cell[4..], decimal.IsNegative(value) && count > 0 ? Negative : Positive);
        BinaryPrimitives.WriteInt16BigEndian(cell[6..], (short)scale);
        for (var index = 0; index < count; index++)
        {
            BinaryPrimitives.WriteInt16BigEndian(cell[(8 + (2 * index))..], digits[count - 1 - index]);
        }
    }

    /// <summary>Ends the rows.</summary>
    public void End() => BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);

    private Span<byte> Cell(int bytes)
    {
        var cell = Take(4 + bytes);
        BinaryPrimitives.WriteInt32BigEndian(cell, bytes);
        return cell[4..];
    }

    private Span<byte> Take(int bytes)
    {
        if (_bytes.Length - _length < bytes)
        {
            var grown = Math.Max((long)_bytes.Length * 2, (long)_length + bytes);
            Array.Resize(ref _bytes, (int)Math.Min(grown, Array.MaxLength));
        }

        var taken = _bytes.AsSpan(_length, bytes);
        _length += bytes;
        return taken;
    }
}

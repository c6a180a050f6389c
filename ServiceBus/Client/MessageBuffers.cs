using System.Numerics;

namespace DataExport.ServiceBus;

/// <summary>
/// Buffers of received messages, to be used again by the next. What is kept is bounded in bytes, not in buffers: one
/// reader fills hundreds before who decodes them gives the first back. Thread-safe.
/// </summary>
internal sealed class MessageBuffers
{
    private const int LengthMin = 1024;

    /// <summary>
    /// Four sizes between a power of two and the next: a buffer that is never given back wastes a fifth at most.
    /// </summary>
    private const int SizesPerDoubling = 4;
    private const int LengthMax = 256 * 1024;
    private const int KeptBytesMax = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Stack<byte[]>[] _bySize =
    [
        .. Enumerable.Range(0, PlaceOf(LengthMax) + 1).Select(static _ => new Stack<byte[]>()),
    ];

    private long _keptBytes;

    /// <summary>A buffer of at least <paramref name="length"/> bytes, whose content is anything.</summary>
    public byte[] Rent(int length)
    {
        if (length > LengthMax)
        {
            return GC.AllocateUninitializedArray<byte>(length);
        }

        var size = SizeFor(length);
        lock (_gate)
        {
            if (_bySize[PlaceOf(size)].TryPop(out var kept))
            {
                _keptBytes -= size;
                return kept;
            }
        }

        return GC.AllocateUninitializedArray<byte>(size);
    }

    /// <summary>Takes back what <see cref="Rent"/> gave and nobody uses any more.</summary>
    public void Return(byte[] buffer)
    {
        if (buffer.Length > LengthMax)
        {
            return;
        }

        lock (_gate)
        {
            if (_keptBytes + buffer.Length <= KeptBytesMax)
            {
                _bySize[PlaceOf(buffer.Length)].Push(buffer);
                _keptBytes += buffer.Length;
            }
        }
    }

    private static int SizeFor(int length)
    {
        var step = StepOf(Math.Max(length, LengthMin));
        return (Math.Max(length, LengthMin) + step - 1) / step * step;
    }

    /// <summary>Where the buffers of a size are kept; the sizes of one doubling are 5 to 8 steps long.</summary>
    private static int PlaceOf(int size)
    {
        var step = StepOf(size);
        return ((BitOperations.Log2((uint)step) - BitOperations.Log2((uint)StepOf(LengthMin))) * SizesPerDoubling)
            + (size / step) - SizesPerDoubling;
    }

    private static int StepOf(int length) =>
        (int)BitOperations.RoundUpToPowerOf2((uint)length) / (2 * SizesPerDoubling);
}

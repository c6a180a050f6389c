using System.Buffers.Binary;

namespace DataExport.ServiceBus.Amqp;

/// <summary>Takes bytes from the stream in large reads, and frames from the bytes.</summary>
internal sealed class AmqpInput(Stream stream, int capacity, int frameBytesMax)
{
    private readonly byte[] _buffer = new byte[Math.Max(capacity, 2 * frameBytesMax)];
    private int _start;
    private int _end;

    /// <summary>Reads more. False when the peer has ended the stream.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += count;
        return count > 0;
    }

    /// <summary>The next frame, if all of it is here.</summary>
    /// <exception cref="AmqpDecodeException">A frame is malformed or larger than was agreed.</exception>
    public bool TryReadFrame(out AmqpFrame frame)
    {
        frame = default;
        var available = _buffer.AsSpan(_start, _end - _start);
        if (available.Length < AmqpFrame.HeadBytes)
        {
            return false;
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(available);
        var bodyStart = available[4] * 4;
        if (size < AmqpFrame.HeadBytes || size > frameBytesMax)
        {
            throw new AmqpDecodeException(0, $"Frame of {size} bytes, {frameBytesMax} are allowed");
        }

        if (bodyStart < AmqpFrame.HeadBytes || bodyStart > size)
        {
            throw new AmqpDecodeException(4, "Frame's data offset lies outside of the frame");
        }

        if (available.Length < size)
        {
            return false;
        }

        frame = new AmqpFrame
        {
            Type = available[5],
            Channel = BinaryPrimitives.ReadUInt16BigEndian(available[6..]),
            Body = available[bodyStart..(int)size],
        };
        _start += (int)size;
        return true;
    }

    /// <summary>The eight bytes that open each protocol, if they are here.</summary>
    public bool TryReadHeader(out ulong header)
    {
        header = 0;
        if (_end - _start < sizeof(ulong))
        {
            return false;
        }

        header = BinaryPrimitives.ReadUInt64BigEndian(_buffer.AsSpan(_start));
        _start += sizeof(ulong);
        return true;
    }

    private void MakeRoom()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_buffer.Length - _end < frameBytesMax)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
    }
}

using System.Buffers;
using DataExport.Grains.Ports;

namespace DataExport.Dataverse.WebApi;

/// <summary>A whole body in a rented buffer.</summary>
internal sealed class PooledBody : IDisposable
{
    private byte[] _buffer;
    private int _length;

    private PooledBody(int bytes) => _buffer = ArrayPool<byte>.Shared.Rent(bytes);

    /// <summary>The body. Valid until the buffer is given back.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, _length);

    /// <summary>The body. Valid until the buffer is given back.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Reads to the end.</summary>
    /// <exception cref="SourceException">The body is longer than <paramref name="bytesMax"/>.</exception>
    public static async Task<PooledBody> ReadAsync(Stream stream, int bytesMax, CancellationToken cancellationToken)
    {
        var body = new PooledBody(64 * 1024);
        try
        {
            while (await body.ReadSomeAsync(stream, cancellationToken))
            {
                if (body._length > bytesMax)
                {
                    throw new SourceException(
                        SourceFault.TooLarge, $"The environment sent an answer of more than {bytesMax} bytes.");
                }
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _length) = ([], 0);
    }

    private async ValueTask<bool> ReadSomeAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (_length == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken);
        _length += read;
        return read > 0;
    }
}

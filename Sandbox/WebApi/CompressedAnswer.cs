using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace DataExport.Sandbox;

/// <summary>Writes an answer compressed, piece by piece as it is made.</summary>
internal static class CompressedAnswer
{
    private const int PieceBytes = 64 * 1024;

    public static async Task WriteAsync(ApiAnswer answer, HttpResponse response, CancellationToken cancellationToken)
    {
        response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        var piece = new ArrayBufferWriter<byte>(PieceBytes);
        bool hasMore;
        do
        {
            hasMore = answer.WriteSome(piece);
            await gzip.WriteAsync(piece.WrittenMemory, cancellationToken);
            piece.ResetWrittenCount();
        }
        while (hasMore);
    }
}

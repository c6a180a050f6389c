using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace DataExport.Bench.Amqp;

/// <summary>
/// The ceiling: as many bytes from one process to another, as large, with a few bytes back for what each read brings,
/// and nothing that knows AMQP.
/// </summary>
internal static class RawLoop
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>Bytes of a disposition that ends what one read has brought.</summary>
    private const int AnswerBytes = 32;

    /// <summary>The broker's side: sends to whoever connects next.</summary>
    public static async Task ServeAsync(Socket listening, int messages, int messageBytes)
    {
        using var socket = await listening.AcceptAsync();
        socket.NoDelay = true;
        var answers = Task.Run(() => ReadToEndAsync(socket));
        var buffer = new byte[BufferBytes];
        for (var left = (long)messages * messageBytes; left > 0;)
        {
            left -= await socket.SendAsync(buffer.AsMemory(0, (int)Math.Min(left, BufferBytes)));
        }

        socket.Shutdown(SocketShutdown.Send);
        await answers;
    }

    /// <summary>The client's side: messages a second.</summary>
    public static async Task<double> ReceiveAsync(int port, int messages)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.NoDelay = true;
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var began = Stopwatch.GetTimestamp();
        var buffer = new byte[BufferBytes];
        var answer = new byte[AnswerBytes];
        while (await socket.ReceiveAsync(buffer) > 0)
        {
            await socket.SendAsync(answer);
        }

        return messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task ReadToEndAsync(Socket socket)
    {
        var buffer = new byte[BufferBytes];
        while (await socket.ReceiveAsync(buffer) > 0)
        {
            // What comes back is counted by nobody.
        }
    }
}

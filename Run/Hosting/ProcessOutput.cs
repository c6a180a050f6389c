using System.Diagnostics;
using System.Text;

namespace DataExport.Run.Hosting;

/// <summary>Carries what a process says into a file, both of its streams line by line.</summary>
internal static class ProcessOutput
{
    /// <summary>
    /// Ends when the process does. Must be called as soon as it has started, or a full pipe stops it.
    /// </summary>
    public static async Task CopyAsync(Process process, string file)
    {
        await using var log = new StreamWriter(
            new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite), new UTF8Encoding(false))
        {
            AutoFlush = true,
        };
        using var turn = new SemaphoreSlim(1);
        await Task.WhenAll(
            CopyAsync(process.StandardOutput, log, turn), CopyAsync(process.StandardError, log, turn));
    }

    private static async Task CopyAsync(StreamReader from, StreamWriter log, SemaphoreSlim turn)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            await turn.WaitAsync();
            try
            {
                await log.WriteLineAsync(line);
            }
            finally
            {
                _ = turn.Release();
            }
        }
    }
}

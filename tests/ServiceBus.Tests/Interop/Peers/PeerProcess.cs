using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace DataExport.ServiceBus.Tests.Interop;

/// <summary>
/// A program that a test starts and stops. It ends with its standard input, so that it does not outlive the tests
/// either when these are killed.
/// </summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    /// <summary>Covers an installation from the network. It is a fault's limit, never a pace.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(8);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly StringBuilder _output = new();

    private PeerProcess(Process process) => _process = process;

    public static PeerProcess Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var peer = new PeerProcess(new Process { StartInfo = start });
        peer._process.OutputDataReceived += peer.OnLine;
        peer._process.ErrorDataReceived += peer.OnLine;
        peer._process.Start();
        peer._process.BeginOutputReadLine();
        peer._process.BeginErrorReadLine();
        return peer;
    }

    /// <summary>Runs a script of the project to its end.</summary>
    public static async Task RunAsync(string script, params string[] arguments)
    {
        await using var process = Start(Repository.File(script), arguments);
        process._process.StandardInput.Close();
        await process._process.WaitForExitAsync().WaitAsync(StartPatience);
        process._process.ExitCode.ShouldBe(0, $"{script}: {process._output}");
    }

    /// <summary>Reads up to a line that contains <paramref name="text"/>, and returns it.</summary>
    public async Task<string> ReadToAsync(string text)
    {
        using var patience = new CancellationTokenSource(StartPatience);
        await foreach (var line in _lines.Reader.ReadAllAsync(patience.Token))
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"{_process.StartInfo.FileName} ended before '{text}': {_output}");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(StopPatience);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private void OnLine(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            // Both streams end with a null; whoever waits for a line is told by the first.
            _lines.Writer.TryComplete();
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line.Data);
        }

        _lines.Writer.TryWrite(line.Data);
    }
}

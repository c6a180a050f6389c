using System.Diagnostics;
using System.Text;

namespace DataExport.Deploy.Tests.Tools;

/// <summary>A program that runs beside the tests and is ended with them.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private RunningProgram(Process process) => _process = process;

    /// <summary>What it has printed so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
            {
                return _said.ToString();
            }
        }
    }

    public bool HasEnded => _process.HasExited;

    /// <summary>Starts one of our programs, which stand beside the tests.</summary>
    public static RunningProgram StartOwn(
        string assembly, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        Start("dotnet", environment, [Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll"), .. arguments]);

    public static RunningProgram Start(
        string program, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var running = new RunningProgram(process);
        process.OutputDataReceived += (_, line) => running.Add(line.Data);
        process.ErrorDataReceived += (_, line) => running.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return running;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Add(string? line)
    {
        lock (_said)
        {
            _ = _said.AppendLine(line);
        }
    }
}

using System.Diagnostics;

namespace DataExport.Run.Hosting;

/// <summary>A silo in a process of its own, which can be stopped, killed and started again.</summary>
internal sealed class SiloProcess(SiloSettings settings, TimeProvider clock) : IAsyncDisposable
{
    private readonly PeakMemory _memory = new();
    private Process? _process;
    private Task _output = Task.CompletedTask;

    /// <summary>The program that is started, built beside this one.</summary>
    public static string ProgramFile => Path.Combine(AppContext.BaseDirectory, "DataExport.Silo.dll");

    public SiloSettings Settings => settings;

    /// <summary>How often it was started.</summary>
    public int Starts { get; private set; }

    /// <summary>Whether it was started and has ended.</summary>
    public bool HasEnded => _process is { HasExited: true };

    /// <summary>What it ended with; null while it runs.</summary>
    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    /// <summary>Starts the silo; returns before it is ready.</summary>
    public void Start()
    {
        _ = Directory.CreateDirectory(settings.DataDirectory);
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            ArgumentList = { ProgramFile },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var (name, value) in settings.Environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start) ?? throw new RunException("The silo could not be started.");
        _output = ProcessOutput.CopyAsync(_process, settings.LogFile);
        Starts++;
    }

    /// <summary>
    /// Highest memory of all its lives so far, bytes. Call it now and then: a killed process cannot be asked.
    /// </summary>
    public long MeasurePeakBytes() => _memory.Measure(_process);

    /// <summary>Processor time of the process that runs now.</summary>
    public TimeSpan MeasureProcessorTime()
    {
        _process?.Refresh();
        return _process is { HasExited: false } process ? process.TotalProcessorTime : TimeSpan.Zero;
    }

    /// <summary>Ends it at once, without a chance to save anything.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            _ = MeasurePeakBytes();
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        await CloseAsync();
    }

    /// <summary>
    /// Asks it to end, and ends it after <paramref name="patience"/>. Returns whether it ended by itself.
    /// </summary>
    public async Task<bool> StopAsync(TimeSpan patience)
    {
        var ended = true;
        if (_process is { HasExited: false } process)
        {
            _ = MeasurePeakBytes();
            Signals.AskToEnd(process);
            using var timeout = new CancellationTokenSource(patience, clock);
            await process.WaitForExitAsync(timeout.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ended = process.HasExited;
        }

        await KillAsync();
        return ended;
    }

    /// <summary>The last lines of its output.</summary>
    public string ReadLogTail(int linesMax) =>
        File.Exists(settings.LogFile) ? string.Join('\n', File.ReadLines(settings.LogFile).TakeLast(linesMax)) : "";

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task CloseAsync()
    {
        await _output;
        _process?.Dispose();
        _process = null;
    }
}

using System.Diagnostics;
using System.Runtime.InteropServices;

namespace DataExport.Run.Hosting;

/// <summary>Asks processes to end, and is asked itself.</summary>
internal static class Signals
{
    private const int Terminate = 15;

    /// <summary>
    /// Asks a process to end in good order. Where there are no signals, closing its input asks the same.
    /// </summary>
    public static void AskToEnd(Process process)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(process.Id, Terminate);
        }
        else
        {
            process.StandardInput.Close();
        }
    }

    /// <summary>Cancels <paramref name="stop"/> on Ctrl-C, SIGTERM and SIGHUP instead of ending this process.</summary>
    public static IDisposable CancelOnRequest(CancellationTokenSource stop)
    {
        ReadOnlySpan<PosixSignal> signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        var registrations = new Registrations();
        foreach (var signal in signals)
        {
            registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                stop.Cancel();
            }));
        }

        return registrations;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);

    private sealed class Registrations : List<IDisposable>, IDisposable
    {
        public void Dispose() => ForEach(registration => registration.Dispose());
    }
}

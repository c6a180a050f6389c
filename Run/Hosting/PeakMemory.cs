using System.Diagnostics;
using System.Globalization;

namespace DataExport.Run.Hosting;

/// <summary>The highest resident memory of a process and of those that took its place.</summary>
internal sealed class PeakMemory
{
    private const string Label = "VmHWM:";

    private long _peakBytes;

    /// <summary>Asks the process if it is there, and returns the highest answer so far in bytes.</summary>
    public long Measure(Process? process)
    {
        try
        {
            if (process is { HasExited: false })
            {
                var bytes = OperatingSystem.IsLinux() ? ReadStatus(process.Id) : process.PeakWorkingSet64;
                _peakBytes = Math.Max(_peakBytes, bytes);
            }
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            // It ended between the question and the answer. What was measured before stands.
        }

        return _peakBytes;
    }

    private static long ReadStatus(int processId)
    {
        foreach (var line in File.ReadLines($"/proc/{processId}/status"))
        {
            if (line.StartsWith(Label, StringComparison.Ordinal))
            {
                var kibibytes = line.AsSpan(Label.Length).Trim().TrimEnd("kB").Trim();
                return long.Parse(kibibytes, CultureInfo.InvariantCulture) * 1024;
            }
        }

        return 0;
    }
}

using System.Globalization;

namespace DataExport.Bench.Targets;

/// <summary>What a server that works in processes of its own has used, as Linux counts it.</summary>
internal static class ServerUsage
{
    private const int ClockTicksPerSecond = 100;

    // Behind the name, which may hold spaces: state, then the parent; user and system time ten and eleven places on.
    private const int ParentPlace = 1;
    private const int UserTimePlace = 11;
    private const int SystemTimePlace = 12;

    /// <summary>Processor time of the processes that another has started and that still run.</summary>
    public static TimeSpan CpuOfChildren(int parent)
    {
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(folder)[0]) || ReadFields(folder) is not { } fields
                || Number(fields[ParentPlace]) != parent)
            {
                continue;
            }

            ticks += Number(fields[UserTimePlace]) + Number(fields[SystemTimePlace]);
        }

        return TimeSpan.FromSeconds(ticks / (double)ClockTicksPerSecond);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static string[]? ReadFields(string folder)
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            return line[(line.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }
}

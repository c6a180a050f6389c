using DataExport.Sandbox;

namespace DataExport.Run.Hosting;

/// <summary>The faults of a run, by the names that a command line gives them.</summary>
internal static class FaultSettings
{
    private const string All = "all";

    private static readonly Dictionary<string, SandboxFaults> s_names = Enum.GetValues<SandboxFaults>()
        .Where(static fault => fault is not (SandboxFaults.None or SandboxFaults.All))
        .ToDictionary(static fault => NameOf(fault.ToString()), StringComparer.OrdinalIgnoreCase);

    /// <summary>All names, for a help text.</summary>
    public static string Names => string.Join(", ", s_names.Keys);

    /// <summary>Reads names with commas between them.</summary>
    /// <returns>The faults, or <see langword="null"/> and what is wrong.</returns>
    public static SandboxFaults? TryRead(string? text, out string fault)
    {
        fault = "";
        var faults = SandboxFaults.None;
        const StringSplitOptions Trimmed = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        foreach (var name in (text ?? "").Split(',', Trimmed))
        {
            if (name.Equals(All, StringComparison.OrdinalIgnoreCase))
            {
                faults |= SandboxFaults.All;
            }
            else if (s_names.TryGetValue(name, out var one))
            {
                faults |= one;
            }
            else
            {
                fault = $"There is no fault '{name}'. There are {All}, {Names}.";
                return null;
            }
        }

        return faults;
    }

    /// <summary>
    /// The limits of an environment with these faults: small ones are met within seconds. The silo is told the same, as
    /// it knows the real ones.
    /// </summary>
    public static ServiceLimitOptions LimitsOf(SandboxFaults faults)
    {
        var limits = new ServiceLimitOptions();
        if ((faults & SandboxFaults.ThrottleRequests) != 0)
        {
            limits = limits with { Window = TimeSpan.FromSeconds(20), RequestsMax = 300 };
        }

        if ((faults & SandboxFaults.ThrottleTime) != 0)
        {
            limits = limits with
            {
                Window = TimeSpan.FromSeconds(20),
                ExecutionMax = TimeSpan.FromSeconds(12),
                ExecutionAdded = TimeSpan.FromMilliseconds(20),
            };
        }

        return (faults & SandboxFaults.ThrottleConcurrency) == 0 ? limits : limits with { ConcurrentMax = 4 };
    }

    /// <summary>How often the silo looks for changes of metadata: often, where there are some.</summary>
    public static TimeSpan MetadataIntervalOf(SandboxFaults faults) =>
        TimeSpan.FromSeconds((faults & SandboxFaults.MetadataChange) == 0 ? 30 : 1);

    /// <summary>How often the profile wants computed columns refreshed, where they change.</summary>
    public static TimeSpan? RefreshIntervalOf(SandboxFaults faults) =>
        (faults & SandboxFaults.Calculated) == 0 ? null : TimeSpan.FromSeconds(10);

    /// <summary><c>ThrottleRequests</c> becomes <c>throttle-requests</c>.</summary>
    private static string NameOf(string name) => string.Concat(name.Select(static (letter, place) =>
        char.IsUpper(letter) && place > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}

using System.ComponentModel.DataAnnotations;
using DataExport.Targets.Control;

namespace DataExport.Silo.Control;

/// <summary>
/// How often this silo reports to the control database: section <c>DataExport:Control</c>, beside
/// <see cref="ControlDatabaseOptions"/>.
/// </summary>
internal sealed class ControlReportOptions
{
    /// <summary>Time between two rounds, and after an outage until the next try.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long measurements and deleted profiles stay.</summary>
    [Range(1, 3_650)]
    public int KeepMetricsDays { get; set; } = 30;

    /// <summary>How long a profile may take to say how it does. It is left out of a round otherwise.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan ReportTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What this silo is called in rows. No other that runs may have the same name.</summary>
    [Required, MaxLength(128)]
    public string SiloName { get; set; } = $"{Environment.MachineName}/{Environment.ProcessId}";
}

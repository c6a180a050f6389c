using System.ComponentModel.DataAnnotations;

namespace DataExport.Targets.Control;

/// <summary>Where the control database is, section <c>DataExport:Control</c>.</summary>
public sealed class ControlDatabaseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DataExport:Control";

    /// <summary>The <see cref="Type"/> of no control database.</summary>
    public const string None = "none";

    /// <summary>
    /// <c>sqlite</c>, <c>postgres</c>, <c>sqlserver</c>, or <c>none</c>. Left out together with
    /// <see cref="Connection"/>: a SQLite file in the silo's data directory.
    /// </summary>
    public string? Type { get; set; }

    /// <summary>The connection string. A secret.</summary>
    public string? Connection { get; set; }

    /// <summary>The schema of its tables. Default: <c>public</c> in PostgreSQL, <c>dbo</c> in SQL Server.</summary>
    public string? Schema { get; set; }

    /// <summary>How long one statement may take, waiting for other silos included.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether there is to be no control database.</summary>
    public bool IsOff => None.Equals(Type, StringComparison.OrdinalIgnoreCase);
}

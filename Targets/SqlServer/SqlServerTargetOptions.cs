using System.ComponentModel.DataAnnotations;
using DataExport.Targets.Sessions;

namespace DataExport.Targets.SqlServer;

/// <summary>Limits of SQL Server targets, the same for every profile: section <c>DataExport:SqlServer</c>.</summary>
public sealed class SqlServerTargetOptions : ServerTargetOptions
{
    /// <summary>From how many new rows on they are copied in bulk, which costs more a call and less a row.</summary>
    [Range(1, 1_000_000)]
    public int BulkRowsMin { get; set; } = 100;
}

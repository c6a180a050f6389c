using System.ComponentModel.DataAnnotations;
using DataExport.Targets.Sessions;

namespace DataExport.Targets.Postgres;

/// <summary>Limits of PostgreSQL targets, the same for every profile: section <c>DataExport:Postgres</c>.</summary>
public sealed class PostgresTargetOptions : ServerTargetOptions
{
    /// <summary>How many statements a connection keeps prepared. The least recently used goes.</summary>
    [Range(0, 10_000)]
    public int PreparedStatementsMax { get; set; } = 200;
}

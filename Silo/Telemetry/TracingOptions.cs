using System.ComponentModel.DataAnnotations;

namespace DataExport.Silo.Telemetry;

/// <summary>What is traced, section <c>DataExport:Tracing</c>. Where to is told by the usual OTEL_ variables.</summary>
internal sealed class TracingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DataExport:Tracing";

    /// <summary>Share of the messages that are traced, 0 to 1. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double MessageRatio { get; set; } = 0.01;
}

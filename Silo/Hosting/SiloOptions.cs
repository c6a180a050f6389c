using System.ComponentModel.DataAnnotations;

namespace DataExport.Silo.Hosting;

/// <summary>Where a silo keeps what it must not lose, section <c>DataExport:Silo</c>.</summary>
internal sealed class SiloOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DataExport:Silo";

    /// <summary>Directory of grain state and failure logs. Default <c>data</c> below the working directory.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";
}

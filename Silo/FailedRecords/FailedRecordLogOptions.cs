using System.ComponentModel.DataAnnotations;

namespace DataExport.Silo.FailedRecords;

/// <summary>The failure logs of this silo's profiles, section <c>DataExport:FailedRecords</c>.</summary>
internal sealed class FailedRecordLogOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "DataExport:FailedRecords";

    /// <summary>Where the logs are. Default: <c>failed-records</c> below the silo's data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>A file that has reached this size is put aside, and a new one begun.</summary>
    [Range(1_024, long.MaxValue)]
    public long FileBytesMax { get; set; } = 16 << 20;

    /// <summary>How many files of a profile are kept, the current one included. The oldest is deleted.</summary>
    [Range(1, 1_000)]
    public int FilesMax { get; set; } = 8;

    /// <summary>Longer reasons are cut.</summary>
    [Range(1, 100_000)]
    public int ReasonCharactersMax { get; set; } = 2_000;
}

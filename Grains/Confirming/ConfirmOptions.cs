using System.ComponentModel.DataAnnotations;

namespace DataExport.Grains.Confirming;

/// <summary>How questions are gathered and asked. Everything is confirmed within about a minute.</summary>
public sealed class ConfirmOptions
{
    /// <summary>
    /// Time between two rounds, so that questions gather and the request budget holds. Default 1 second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RoundInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Time between two rounds while messages come faster than they are written: their changes show earlier then, and
    /// what changes again meanwhile is asked once. Default 15 seconds, so that all is confirmed within a minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan BusyRoundInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Above this many questions a table's delta is pulled before single records are fetched. Default 300.
    /// </summary>
    [Range(1, 100_000)]
    public int DeltaAboveQuestions { get; set; } = 300;

    /// <summary>Records in one fetch, over all tables. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int FetchRecordsMax { get; set; } = 2_000;

    /// <summary>Sets (N:N rows of a record, parties of an activity) in one fetch. Default 500.</summary>
    [Range(1, 10_000)]
    public int FetchSetsMax { get; set; } = 500;

    /// <summary>
    /// How many records of a table may be missing at the source in one round without a deletion that announced it. More
    /// look like a right that was lost: they are not deleted. Default 1,000.
    /// </summary>
    [Range(0, 10_000_000)]
    public int UnannouncedDeletionsMax { get; set; } = 1_000;

    /// <summary>
    /// After how long questions that the source could not settle are asked again: they must neither keep later ones
    /// from being asked nor use up the request budget. Default 1 minute.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan AskAgainAfter { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a round waits for the deltas of tables with many questions. Default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan DeltaTimeout { get; set; } = TimeSpan.FromSeconds(30);
}

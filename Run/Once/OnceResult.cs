using System.Text.Json.Serialization;

namespace DataExport.Run.Once;

/// <summary>What a run came to. The JSON names are read by others: never rename.</summary>
internal sealed record OnceResult
{
    /// <summary>Rows that the initial sync had to bring.</summary>
    [JsonPropertyName("rows")]
    public long Rows { get; init; }

    /// <summary>Changes made.</summary>
    [JsonPropertyName("changes")]
    public long Changes { get; init; }

    /// <summary>Cells, rows, columns and tables that differ.</summary>
    [JsonPropertyName("differences")]
    public long Differences { get; init; }

    /// <summary>From activation to the end of the last sync.</summary>
    [JsonPropertyName("seconds")]
    public double Seconds { get; init; }

    /// <summary>Changes after the initial sync, until the queue was empty.</summary>
    [JsonPropertyName("changesPerSecond")]
    public double ChangesPerSecond { get; init; }

    /// <summary>Rows of the initial sync, changes running beside it.</summary>
    [JsonPropertyName("initialRowsPerSecond")]
    public double InitialRowsPerSecond { get; init; }

    /// <summary>Commit at the source to completion of the message, which follows the commit in the target.</summary>
    [JsonPropertyName("latencyMsP50")]
    public double LatencyMsP50 { get; init; }

    /// <summary>99 of 100 were faster.</summary>
    [JsonPropertyName("latencyMsP99")]
    public double LatencyMsP99 { get; init; }

    /// <summary>Changes that were answered "uncertain".</summary>
    [JsonPropertyName("uncertain")]
    public long Uncertain { get; init; }

    /// <summary>Reads of records by id, one or many at once.</summary>
    [JsonPropertyName("fetchRequests")]
    public long FetchRequests { get; init; }

    /// <summary>Rows without a version number at the end.</summary>
    [JsonPropertyName("provisionalLeft")]
    public long ProvisionalLeft { get; init; }

    /// <summary>Records in the failure log and messages in the dead-letter queue.</summary>
    [JsonPropertyName("failed")]
    public long Failed { get; init; }

    /// <summary>Highest resident memory of the silo, over its restarts.</summary>
    [JsonPropertyName("peakMemoryMiB")]
    public double PeakMemoryMiB { get; init; }

    /// <summary>Requests that came although the environment had asked to be left alone.</summary>
    [JsonPropertyName("requestsInsideRetryAfter")]
    public long RequestsInsideRetryAfter { get; init; }

    /// <summary>
    /// How much of the limit that a request had to wait for was used then, on average; 0 when none had to.
    /// </summary>
    [JsonPropertyName("budgetUsedPercent")]
    public double BudgetUsedPercent { get; init; }

    /// <summary>Pages that were asked for again although the next had been asked for.</summary>
    [JsonPropertyName("pagesRepeated")]
    public long PagesRepeated { get; init; }

    /// <summary>Tables that were read anew after their delta token had expired.</summary>
    [JsonPropertyName("fullResyncs")]
    public long FullResyncs { get; init; }

    /// <summary>Decides data, changes and chaos.</summary>
    [JsonPropertyName("seed")]
    public int Seed { get; init; }

    /// <summary>How often the silo was killed.</summary>
    [JsonPropertyName("kills")]
    public int Kills { get; init; }
}

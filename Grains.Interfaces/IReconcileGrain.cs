using System.Collections.Immutable;
using Orleans.Concurrency;

namespace DataExport;

/// <summary>
/// Compares the tables of an active profile with the source and repairs what differs, one run at a time. The key is the
/// profile's id.
/// </summary>
[Alias("DataExport.IReconcileGrain")]
public interface IReconcileGrain : IGrainWithStringKey
{
    /// <summary>Begins a run and returns.</summary>
    /// <returns>Its report, which holds the tables and nothing found yet.</returns>
    /// <exception cref="ProfileException">
    /// The profile is not active, has no such table, or a run is under way.
    /// </exception>
    [Alias("Start")]
    Task<ReconcileReport> StartAsync(ReconcileRequest request);

    /// <summary>
    /// The run under way, or else the last one of this silo's life; <see langword="null"/> if there was none.
    /// </summary>
    [AlwaysInterleave]
    [Alias("GetReport")]
    Task<ReconcileReport?> GetReportAsync();

    /// <summary>Ends the run under way; what it has found and repaired stays. Interleaves, or it would wait.</summary>
    [AlwaysInterleave]
    [Alias("Stop")]
    Task StopAsync();
}

/// <summary>What a run compares, and what it does about what it finds.</summary>
[GenerateSerializer, Immutable, Alias("DataExport.ReconcileRequest")]
public sealed record ReconcileRequest
{
    /// <summary>Logical names of tables; empty: all of the profile.</summary>
    [Id(0)]
    public ImmutableArray<string> Tables { get; init; } = [];

    /// <summary>
    /// Whether cells are compared, too, where the versions are the same. Then all columns of all rows are read.
    /// </summary>
    [Id(1)]
    public bool Cells { get; init; }

    /// <summary>Whether what differs is written anew.</summary>
    [Id(2)]
    public bool Repair { get; init; }

    /// <summary>
    /// Whether more rows of a table may be deleted than <c>DataExport:Confirm:UnannouncedDeletionsMax</c> says.
    /// </summary>
    [Id(3)]
    public bool AllowDeletions { get; init; }
}

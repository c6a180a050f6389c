using Orleans.Concurrency;

namespace DataExport;

/// <summary>
/// Orders, deduplicates and applies the changes of one record. The key is <see cref="RecordKey.ToGrainKey"/>.
/// </summary>
[Alias("DataExport.IRecordGrain")]
public interface IRecordGrain : IGrainWithStringKey
{
    /// <summary>
    /// Returns once <paramref name="change"/> is committed, superseded, pending, or in the failure log. Interleaves:
    /// what arrives while a write is in flight gathers and goes as one.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Apply")]
    ValueTask<ApplyResult> ApplyAsync(RecordChange change, CancellationToken cancellationToken);
}

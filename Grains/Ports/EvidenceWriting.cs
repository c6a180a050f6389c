namespace DataExport.Grains.Ports;

/// <summary>Writes evidence that no message waits for.</summary>
internal static class EvidenceWriting
{
    /// <summary>
    /// Writes all items; what the target rejects goes to the failure log, unless <paramref name="loggedBefore"/> holds
    /// the record already.
    /// </summary>
    /// <exception cref="OperationCanceledException">The silo stops before all is written.</exception>
    public static async Task<EvidenceOutcome> WriteEvidenceAsync(
        this IProfileRuntime runtime,
        IReadOnlyList<MergeItem> items,
        CancellationToken cancellationToken,
        HashSet<Guid>? loggedBefore = null)
    {
        var results = await runtime.WriteAndTellAsync(items, cancellationToken, loggedBefore);
        var (applied, rejected) = (0, 0);
        for (var index = 0; index < results.Count; index++)
        {
            applied += results[index].Status is ApplyStatus.Applied ? 1 : 0;
            rejected += results[index].Status is ApplyStatus.Rejected ? 1 : 0;
        }

        return new EvidenceOutcome(applied, rejected);
    }

    /// <summary>The same; returns what became of each item.</summary>
    /// <exception cref="OperationCanceledException">The silo stops before all is written.</exception>
    public static async Task<IReadOnlyList<ApplyResult>> WriteAndTellAsync(
        this IProfileRuntime runtime,
        IReadOnlyList<MergeItem> items,
        CancellationToken cancellationToken,
        HashSet<Guid>? loggedBefore = null)
    {
        if (items.Count == 0)
        {
            return [];
        }

        var results = await runtime.Writer.WriteManyAsync(items, cancellationToken);
        for (var index = 0; index < items.Count; index++)
        {
            switch (results[index].Status)
            {
                case ApplyStatus.Rejected:
                    if (loggedBefore?.Add(items[index].RecordId) is not false)
                    {
                        var key = new RecordKey(runtime.Profile.Id, items[index].Table, items[index].RecordId);
                        await runtime.FailedRecords.AppendAsync(
                            key, null, results[index].Reason ?? "", CancellationToken.None);
                    }

                    break;

                case ApplyStatus.Unavailable:
                    throw new OperationCanceledException("The writer stopped before everything was written.");

                default:
                    break;
            }
        }

        return results;
    }
}

/// <summary>What became of evidence.</summary>
/// <param name="Applied">How many items changed the target.</param>
/// <param name="Rejected">How many it rejected.</param>
internal readonly record struct EvidenceOutcome(int Applied, int Rejected);

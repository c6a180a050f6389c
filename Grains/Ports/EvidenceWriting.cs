namespace DataExport.Grains.Ports;

/// <summary>Writes evidence that no message waits for.</summary>
internal static class EvidenceWriting
{
    /// <summary>Writes all items; what the target rejects goes to the failure log.</summary>
    /// <exception cref="OperationCanceledException">The silo stops before all is written.</exception>
    public static async Task WriteEvidenceAsync(
        this IProfileRuntime runtime, IReadOnlyList<MergeItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return;
        }

        var results = await runtime.Writer.WriteManyAsync(items, cancellationToken);
        for (var index = 0; index < items.Count; index++)
        {
            switch (results[index].Status)
            {
                case ApplyStatus.Rejected:
                    var key = new RecordKey(runtime.Profile.Id, items[index].Table, items[index].RecordId);
                    await runtime.FailedRecords.AppendAsync(
                        key, null, results[index].Reason ?? "", CancellationToken.None);
                    break;

                case ApplyStatus.Unavailable:
                    throw new OperationCanceledException("The writer stopped before everything was written.");

                default:
                    break;
            }
        }
    }
}

namespace DataExport.Targets.Merging;

/// <summary>A record's entry in <c>Pending</c>.</summary>
internal readonly record struct Question(UncertainReason Reason, long Number, DateTime AskedOn)
{
    /// <summary>Whether it only lists a provisional row.</summary>
    public bool IsListingOnly => Reason is UncertainReason.Provisional;

    /// <summary>This one put again. A provisional row is no question: it leaves the reason of a real one.</summary>
    public Question Again(UncertainReason reason, long number, DateTime askedOn) =>
        new(reason is UncertainReason.Provisional ? Reason : reason, number, askedOn);
}

namespace DataExport.Targets.Layout;

/// <summary>What a profile wants in its target beyond what DES made.</summary>
/// <param name="Views">Views for reports.</param>
/// <param name="Indexes">Indexes on lookups and on when a row was written.</param>
internal sealed record TargetExtras(bool Views = false, bool Indexes = false)
{
    /// <summary>Nothing.</summary>
    public static TargetExtras None { get; } = new();

    public static TargetExtras Of(ExportProfile profile) => new(profile.WriteViews, profile.WriteIndexes);
}

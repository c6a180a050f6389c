namespace DataExport.Targets.Merging;

/// <summary>What is to be written into the delete log.</summary>
/// <param name="RecordId">The record that was deleted.</param>
/// <param name="Stamp">When, by the target's clock.</param>
/// <param name="Version">The highest version number known of the table then.</param>
/// <param name="EntryId">The entry to stamp anew; 0: a new one.</param>
internal sealed record LogWrite(Guid RecordId, DateTime Stamp, long Version, long EntryId = 0);

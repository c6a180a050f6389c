namespace DataExport.Sandbox;

/// <summary>What an Associate or Disassociate tells: a record, and those it was joined with or parted from.</summary>
/// <param name="Relationship">The relationship.</param>
/// <param name="Target">The record's table, on either side.</param>
/// <param name="TargetId">The record.</param>
/// <param name="RelatedTable">The table of the others.</param>
/// <param name="Related">The others.</param>
internal sealed record Association(
    SandboxRelationship Relationship, SandboxTable Target, Guid TargetId, string RelatedTable, List<Guid> Related);

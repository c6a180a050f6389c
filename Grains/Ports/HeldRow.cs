using System.Collections.Immutable;

namespace DataExport.Grains.Ports;

/// <summary>What a target holds of a record, all of it of one moment.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="IsRow">Whether there is a row.</param>
/// <param name="Version">
/// The row's version number; <see cref="VersionNumber.None"/> without a row, and of a provisional one.
/// </param>
/// <param name="Stamp">The stamp of the row, or of the record's tombstone.</param>
/// <param name="IsAsked">
/// Whether a question about the record is open, as of every provisional row: confirming will see to it.
/// </param>
public readonly record struct HeldRow(
    Guid RecordId, bool IsRow, VersionNumber Version, DateTime? Stamp, bool IsAsked);

/// <summary>A row whose cells are not what writing the record's row would store.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="Columns">The target's names of these columns, in its order.</param>
public sealed record DifferentRow(Guid RecordId, ImmutableArray<string> Columns);

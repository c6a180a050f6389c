using DataExport.Grains.Ports;

namespace DataExport.Grains.Reconciling;

/// <summary>Whether a row of the target differs from its record. Pure.</summary>
internal static class DriftRules
{
    /// <summary>
    /// In what the target differs by the versions; nothing where they are the same, and where a question about the
    /// record is open: confirming sees to that.
    /// </summary>
    /// <param name="version">The record's version at the source.</param>
    /// <param name="held">What the target holds of it.</param>
    public static DriftKind? OfVersions(VersionNumber version, in HeldRow held) =>
        held.IsAsked ? null
        : !held.IsRow ? DriftKind.Missing
        : version.IsNewerThan(held.Version) ? DriftKind.Stale
        : held.Version.IsNewerThan(version) ? DriftKind.Ahead
        : null;

    /// <summary>
    /// Whether the target's part of a suspicion stands: that it may differ is not over, and no write since the walk
    /// began has to do with it.
    /// </summary>
    /// <param name="suspect">The suspicion.</param>
    /// <param name="held">What the target holds of the record by now.</param>
    /// <param name="began">When the walk began, by the target's clock.</param>
    /// <param name="withCells">Whether the same version may hide other cells.</param>
    public static bool IsOpen(in Suspect suspect, in HeldRow held, DateTime began, bool withCells)
    {
        if (held.IsAsked)
        {
            return false;
        }

        return suspect.IsExtra
            ? held.IsRow && !(held.Stamp >= began)
            : withCells || !held.IsRow || held.Version != suspect.Walked;
    }
}

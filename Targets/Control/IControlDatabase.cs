namespace DataExport.Targets.Control;

/// <summary>
/// The database in which people and dashboards read how the profiles do. No replication depends on it. Any number of
/// silos write to it; each call opens a connection of its own and brings the schema up to date first.
/// </summary>
public interface IControlDatabase
{
    /// <summary>When each profile that is not marked as deleted was last reported, UTC, by profile id.</summary>
    Task<IReadOnlyDictionary<string, DateTime>> ReadReportTimesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Writes a report: each profile in a transaction of its own, so that other silos wait for one at most, and the
    /// rest in another. Writing it again changes nothing.
    /// </summary>
    Task WriteAsync(ControlReport report, CancellationToken cancellationToken);

    /// <summary>Removes measurements older than <paramref name="before"/> and profiles deleted earlier, UTC.</summary>
    Task PurgeAsync(DateTime before, CancellationToken cancellationToken);
}

/// <summary>What one silo has to tell.</summary>
public sealed record ControlReport
{
    /// <summary>How profiles do.</summary>
    public IReadOnlyList<ReportedProfile> Profiles { get; init; } = [];

    /// <summary>Profiles that are gone.</summary>
    public IReadOnlyList<GoneProfile> Gone { get; init; } = [];

    /// <summary>What this silo did for profiles.</summary>
    public IReadOnlyList<MeasuredProfile> Measured { get; init; } = [];
}

/// <summary>How a profile does.</summary>
/// <param name="Profile">Its configuration. Its secrets are not read.</param>
/// <param name="Report">What its grain says.</param>
/// <param name="ReportedOn">When it was asked, UTC. Of two reports the later wins, whichever is written first.</param>
/// <param name="SiloName">Who asked.</param>
public sealed record ReportedProfile(
    ExportProfile Profile, ProfileReport Report, DateTime ReportedOn, string SiloName);

/// <summary>A profile that no longer exists.</summary>
/// <param name="ProfileId">Which.</param>
/// <param name="NoticedOn">When that was noticed, UTC.</param>
/// <param name="SilentSince">It counts as gone only if nobody has reported it after this, UTC.</param>
public sealed record GoneProfile(string ProfileId, DateTime NoticedOn, DateTime SilentSince);

/// <summary>What one silo did for a profile in a span of time.</summary>
/// <param name="ProfileId">The profile.</param>
/// <param name="SiloName">The silo; no other that runs has this name.</param>
/// <param name="MeasuredSince">
/// Begin, UTC: when this silo last knew that a measurement was written. Later ones of it are replaced, so that nothing
/// is counted twice after a write whose end nobody heard of.
/// </param>
/// <param name="MeasuredOn">End, UTC.</param>
/// <param name="Counts">What happened in between.</param>
public sealed record MeasuredProfile(
    string ProfileId, string SiloName, DateTime MeasuredSince, DateTime MeasuredOn, ControlCounts Counts)
{
    /// <summary>Rows of messages that waited in this silo for a merge at the end.</summary>
    public long RowsQueued { get; init; }

    /// <summary>Open questions of the whole profile at the end; <see langword="null"/>: not asked.</summary>
    public long? Pending { get; init; }
}

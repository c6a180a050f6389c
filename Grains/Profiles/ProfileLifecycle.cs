namespace DataExport.Grains.Profiles;

/// <summary>Which step of a profile's life may follow which. Pure.</summary>
internal static class ProfileLifecycle
{
    /// <summary>Whether a profile of this status replicates.</summary>
    public static bool IsActive(ProfileStatus status) => status is ProfileStatus.InitialSync or ProfileStatus.DeltaSync;

    /// <summary>Whether <paramref name="next"/> may follow <paramref name="status"/>.</summary>
    public static bool MayFollow(ProfileStatus status, ProfileStatus next) => (status, next) switch
    {
        (ProfileStatus.Deleted, _) => false,
        (_, ProfileStatus.Deleted) => status is ProfileStatus.Created or ProfileStatus.Deactivated
            or ProfileStatus.Faulted,
        (_, ProfileStatus.Activating) => status is ProfileStatus.Created or ProfileStatus.Deactivated
            or ProfileStatus.Faulted or ProfileStatus.Activating,
        (ProfileStatus.Activating, ProfileStatus.InitialSync or ProfileStatus.Faulted) => true,
        (ProfileStatus.InitialSync or ProfileStatus.DeltaSync, ProfileStatus.Faulted) => true,
        (ProfileStatus.InitialSync, ProfileStatus.DeltaSync) => true,
        (_, ProfileStatus.Deactivating) => status is not ProfileStatus.Created and not ProfileStatus.Deactivated,
        (ProfileStatus.Deactivating, ProfileStatus.Deactivated) => true,
        _ => false,
    };

    /// <summary>The status that the tables' phases amount to, for an active profile.</summary>
    public static ProfileStatus StatusOf(IReadOnlyCollection<TableReport> tables) =>
        tables.All(static table => table.Phase is TableSyncPhase.Delta)
            ? ProfileStatus.DeltaSync
            : ProfileStatus.InitialSync;
}

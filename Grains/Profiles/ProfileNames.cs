namespace DataExport.Grains.Profiles;

/// <summary>Names of the grain storage that the hosts provide.</summary>
public static class ProfileNames
{
    /// <summary>Storage of profiles, their directory and the organizations' routes.</summary>
    public const string Storage = "profiles";
}

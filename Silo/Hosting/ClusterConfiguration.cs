using DataExport.Grains.Profiles;

namespace DataExport.Silo.Hosting;

/// <summary>
/// What Orleans' own section of the configuration says about the cluster. Only the Orleans build asks.
/// </summary>
internal static class ClusterConfiguration
{
    private const string Clustering = "Orleans:Clustering";
    private const string Storage = $"Orleans:GrainStorage:{ProfileNames.Storage}";

    /// <summary>Whether there may be other silos.</summary>
    public static bool HasClustering(this IConfiguration configuration) =>
        configuration.GetSection(Clustering).Exists();

    /// <summary>Whether a storage of profiles is named.</summary>
    public static bool HasProfileStorage(this IConfiguration configuration) =>
        configuration.GetSection(Storage).Exists();

    /// <summary>
    /// Silos with files of their own would not see each other's profiles: one that comes up elsewhere seems deleted.
    /// </summary>
    /// <exception cref="OrleansConfigurationException">There may be other silos, and no common storage.</exception>
    public static void RequireCommonStorage(this IConfiguration configuration)
    {
        if (configuration.HasClustering() && !configuration.HasProfileStorage())
        {
            throw new OrleansConfigurationException(
                $"{Clustering} is configured and {Storage} is not: each silo would keep profiles in files of its own, "
                + $"and lose sight of those that come up on another. Configure {Storage} with a storage that all silos "
                + $"share ({Storage}:ProviderType and its connection), or remove {Clustering} for a cluster of one.");
        }
    }
}

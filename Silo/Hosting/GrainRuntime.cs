using DataExport.Grains.Profiles;
using Orleans.Configuration;
#if ORLEANS
using Orleans.Runtime.Hosting;
using Orleans.Storage;
#endif

namespace DataExport.Silo.Hosting;

/// <summary>The grain runtime of this build. All that differs between the two builds of the silo stands here.</summary>
internal static class GrainRuntime
{
    // Longer than the longest wait for a target that is away: a call that times out costs its message a delivery.
    private static readonly TimeSpan s_responseTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Makes the host a silo.</summary>
    public static void AddGrainRuntime(this WebApplicationBuilder builder)
    {
        var directory = builder.Configuration[$"{SiloOptions.Section}:{nameof(SiloOptions.DataDirectory)}"] ?? "data";
        builder.UseOrleans(silo =>
        {
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = s_responseTimeout);
            silo.UseLocalhostClustering();
            AddStorage(silo, Path.Combine(directory, "grains"));
        });
    }

#if ORLEANS
    // The same files as in the default build: one silo keeps its profiles over a restart. Several silos need a storage
    // that they share.
    private static void AddStorage(ISiloBuilder silo, string directory) =>
        silo.Services.AddGrainStorage(
            ProfileNames.Storage,
            (_, _) => new FileGrainStorage(new FileGrainStorageOptions { Directory = directory }));
#else
    private static void AddStorage(ISiloBuilder silo, string directory) =>
        silo.AddFileGrainStorage(ProfileNames.Storage, options => options.Directory = directory);
#endif
}

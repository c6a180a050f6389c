using DataExport.Grains.Profiles;
using Orleans.Configuration;
#if ORLEANS
using Newtonsoft.Json;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
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
            AddCluster(silo, builder.Configuration, Path.Combine(directory, "grains"));
        });
    }

#if ORLEANS
    // Orleans reads its providers from the section "Orleans" itself. Without one, this is a silo of its own that keeps
    // its grains' state in the same files as the default build.
    private static void AddCluster(ISiloBuilder silo, ConfigurationManager configuration, string directory)
    {
        configuration.RequireCommonStorage();

        // By itself Orleans' JSON leaves out what is its type's default, and what is read begins as its initializer
        // says: a false came back as true, and a profile without retries with twelve.
        _ = silo.Configure<OrleansJsonSerializerOptions>(
            static options => options.JsonSerializerSettings.DefaultValueHandling = DefaultValueHandling.Include);

        if (!string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"])
            || !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"]))
        {
            // A filter on every call: while spans go nowhere it would cost a quarter of the pace for nothing.
            _ = silo.AddActivityPropagation();
        }

        if (configuration["KUBERNETES_SERVICE_HOST"] is not null && configuration["POD_NAME"] is not null)
        {
            _ = silo.UseKubernetesHosting();
        }

        if (!configuration.HasClustering())
        {
            _ = silo.UseLocalhostClustering();
        }

        if (!configuration.HasProfileStorage())
        {
            _ = silo.Services.AddGrainStorage(
                ProfileNames.Storage,
                (_, _) => new FileGrainStorage(new FileGrainStorageOptions { Directory = directory }));
        }
    }
#else
    private static void AddCluster(ISiloBuilder silo, ConfigurationManager configuration, string directory) => silo
        .UseLocalhostClustering()
        .AddFileGrainStorage(ProfileNames.Storage, options => options.Directory = directory);
#endif
}

using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Adds memory storage to a silo.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    /// <summary>State lives as long as the process.</summary>
    public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name) =>
        builder.AddGrainStorage(name, static _ => new MemoryGrainStorage());

    /// <summary>Memory storage for grains that name no storage.</summary>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder) =>
        builder.AddMemoryGrainStorage(StorageRegistration.DefaultName);
}

/// <summary>Adds file storage to a silo. Orleans has none: a cluster has no common disk.</summary>
public static class FileGrainStorageSiloBuilderExtensions
{
    /// <summary>State lives in JSON files below <see cref="FileGrainStorageOptions.Directory"/>.</summary>
    /// <exception cref="OrleansConfigurationException">No directory is stated.</exception>
    public static ISiloBuilder AddFileGrainStorage(
        this ISiloBuilder builder, string name, Action<FileGrainStorageOptions> configureOptions) =>
        builder.AddGrainStorage(name, _ =>
        {
            var options = new FileGrainStorageOptions();
            configureOptions(options);
            return string.IsNullOrWhiteSpace(options.Directory)
                ? throw new OrleansConfigurationException(
                    $"File grain storage \"{name}\" has no {nameof(FileGrainStorageOptions.Directory)}: state one.")
                : new FileGrainStorage(options);
        });

    /// <summary>File storage for grains that name no storage.</summary>
    public static ISiloBuilder AddFileGrainStorageAsDefault(
        this ISiloBuilder builder, Action<FileGrainStorageOptions> configureOptions) =>
        builder.AddFileGrainStorage(StorageRegistration.DefaultName, configureOptions);
}

/// <summary>Makes a storage provider known by its name; the one named "Default" also without.</summary>
internal static class StorageRegistration
{
    public const string DefaultName = "Default";

    public static ISiloBuilder AddGrainStorage(
        this ISiloBuilder builder, string name, Func<IServiceProvider, IGrainStorage> create)
    {
        builder.Services.AddKeyedSingleton(name, (services, _) => create(services));
        if (name == DefaultName)
        {
            builder.Services.AddSingleton(services => services.GetRequiredKeyedService<IGrainStorage>(DefaultName));
        }

        return builder;
    }
}

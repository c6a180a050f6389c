using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Orleans.Hosting;

/// <summary>Adds memory storage to a silo.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    /// <summary>State lives as long as the process.</summary>
    public static ISiloBuilder AddMemoryGrainStorage(this ISiloBuilder builder, string name) =>
        throw new NotSupportedException();

    /// <summary>Memory storage for grains that name no storage.</summary>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(this ISiloBuilder builder) =>
        throw new NotSupportedException();
}

/// <summary>Adds file storage to a silo. Orleans has none: a cluster has no common disk.</summary>
public static class FileGrainStorageSiloBuilderExtensions
{
    /// <summary>State lives in JSON files below <see cref="FileGrainStorageOptions.Directory"/>.</summary>
    public static ISiloBuilder AddFileGrainStorage(
        this ISiloBuilder builder, string name, Action<FileGrainStorageOptions> configureOptions) =>
        throw new NotSupportedException();

    /// <summary>File storage for grains that name no storage.</summary>
    public static ISiloBuilder AddFileGrainStorageAsDefault(
        this ISiloBuilder builder, Action<FileGrainStorageOptions> configureOptions) =>
        throw new NotSupportedException();
}

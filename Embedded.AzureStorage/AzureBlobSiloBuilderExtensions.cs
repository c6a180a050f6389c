using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Adds Azure Blob storage to a silo.</summary>
public static class AzureBlobSiloBuilderExtensions
{
    /// <summary>State lives in blobs. The silo does not start without its container.</summary>
    public static ISiloBuilder AddAzureBlobGrainStorage(
        this ISiloBuilder builder, string name, Action<AzureBlobStorageOptions> configureOptions) =>
        builder.AddAzureBlobGrainStorage(
            name, (OptionsBuilder<AzureBlobStorageOptions> options) => options.Configure(configureOptions));

    /// <inheritdoc cref="AddAzureBlobGrainStorage(ISiloBuilder, string, Action{AzureBlobStorageOptions})"/>
    public static ISiloBuilder AddAzureBlobGrainStorage(
        this ISiloBuilder builder,
        string name,
        Action<OptionsBuilder<AzureBlobStorageOptions>>? configureOptions = null)
    {
        configureOptions?.Invoke(builder.Services.AddOptions<AzureBlobStorageOptions>(name));
        builder.Services.AddKeyedSingleton(name, (services, _) => new AzureBlobGrainStorage(
            name, services.GetRequiredService<IOptionsMonitor<AzureBlobStorageOptions>>().Get(name)));
        builder.Services.AddSingleton<IHostedService>(
            services => services.GetRequiredKeyedService<AzureBlobGrainStorage>(name));
        return builder.AddGrainStorage(
            name, services => services.GetRequiredKeyedService<AzureBlobGrainStorage>(name));
    }

    /// <summary>Azure Blob storage for grains that name no storage.</summary>
    public static ISiloBuilder AddAzureBlobGrainStorageAsDefault(
        this ISiloBuilder builder, Action<AzureBlobStorageOptions> configureOptions) =>
        builder.AddAzureBlobGrainStorage(StorageRegistration.DefaultName, configureOptions);

    /// <inheritdoc cref="AddAzureBlobGrainStorageAsDefault(ISiloBuilder, Action{AzureBlobStorageOptions})"/>
    public static ISiloBuilder AddAzureBlobGrainStorageAsDefault(
        this ISiloBuilder builder, Action<OptionsBuilder<AzureBlobStorageOptions>>? configureOptions = null) =>
        builder.AddAzureBlobGrainStorage(StorageRegistration.DefaultName, configureOptions);
}

using DataExport.Dataverse.Credentials;
using DataExport.Dataverse.WebApi;
using DataExport.Grains;
using DataExport.Grains.Ports;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Dataverse environments as the source.</summary>
public static class DataverseSourceRegistration
{
    /// <summary>
    /// Adds <see cref="ISourceEnvironmentFactory"/> and <see cref="ISourceRegistrationFactory"/>. An own
    /// <see cref="ISourceTokenProvider"/> may come before.
    /// </summary>
    public static IServiceCollection AddDataverseSource(this IServiceCollection services)
    {
        _ = services.AddOptionsSection<DataverseSourceOptions>("DataExport:Source");
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISourceTokenProvider>(static provider => new CredentialTokenProvider(
            provider.GetRequiredService<IOptionsMonitor<DataverseSourceOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            SourceCredentials.Create));
        return services
            .AddSingleton<DataverseEnvironmentFactory>()
            .AddSingleton<ISourceEnvironmentFactory>(Factory)
            .AddSingleton<ISourceRegistrationFactory>(Factory);

        static DataverseEnvironmentFactory Factory(IServiceProvider provider) =>
            provider.GetRequiredService<DataverseEnvironmentFactory>();
    }
}

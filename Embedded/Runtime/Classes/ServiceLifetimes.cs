using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime;

/// <summary>Knows which services are singletons, which a service provider does not tell.</summary>
internal sealed class ServiceLifetimes(IServiceCollection services)
{
    /// <summary>Whether the last registration of the service, closed or open generic, is a singleton.</summary>
    public bool IsSingleton(Type service)
    {
        var definition = service.IsConstructedGenericType ? service.GetGenericTypeDefinition() : service;
        for (var i = services.Count - 1; i >= 0; i--)
        {
            var descriptor = services[i];
            if (!descriptor.IsKeyedService
                && (descriptor.ServiceType == service || descriptor.ServiceType == definition))
            {
                return descriptor.Lifetime is ServiceLifetime.Singleton;
            }
        }

        return false;
    }
}

using DataExport.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DataExport.Targets.Control;

/// <summary>Registers the control database.</summary>
public static class ControlRegistration
{
    /// <summary>Adds <see cref="IControlDatabase"/> and checks its options at the start of the host.</summary>
    public static OptionsBuilder<ControlDatabaseOptions> AddControlDatabase(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IControlDatabase, ControlDatabase>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ControlDatabaseOptions>, OptionsValidation>());
        return services.AddOptionsSection<ControlDatabaseOptions>(ControlDatabaseOptions.Section);
    }

    private sealed class OptionsValidation : IValidateOptions<ControlDatabaseOptions>
    {
        public ValidateOptionsResult Validate(string? name, ControlDatabaseOptions options) =>
            ControlDialects.FaultOf(options) is { } fault
                ? ValidateOptionsResult.Fail(fault)
                : ValidateOptionsResult.Success;
    }
}

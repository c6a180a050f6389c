using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace DataExport.Grains;

/// <summary>Options that a section of the configuration sets, checked before anything starts.</summary>
public static class OptionsSections
{
    /// <summary>
    /// Binds <typeparamref name="TOptions"/> to a section. Its data annotations are checked at the start of the host,
    /// which fails with the key that is wrong and what it may be; a value is never shown, since it may be a secret.
    /// </summary>
    /// <param name="services">Where it is registered.</param>
    /// <param name="section">Such as <c>DataExport:Source</c>.</param>
    public static OptionsBuilder<TOptions> AddOptionsSection<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        _ = services.AddSingleton<IValidateOptions<TOptions>>(new SectionValidation<TOptions>(section));
        return services.AddOptions<TOptions>().BindConfiguration(section).ValidateOnStart();
    }

    private sealed class SectionValidation<TOptions>(string section) : IValidateOptions<TOptions>
        where TOptions : class
    {
        public ValidateOptionsResult Validate(string? name, TOptions options)
        {
            var faults = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new ValidationContext(options), faults, true)
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(faults.Select(Message));
        }

        private string Message(ValidationResult fault) =>
            $"{section}:{string.Join(", ", fault.MemberNames)}: {fault.ErrorMessage}";
    }
}

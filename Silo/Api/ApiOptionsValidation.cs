using Microsoft.Extensions.Options;

namespace DataExport.Silo.Api;

/// <summary>A silo without a key does not start: an open admin API hands out every profile.</summary>
internal sealed class ApiOptionsValidation : IValidateOptions<ApiOptions>
{
    private const string Remedy =
        "Set it to a random text, for instance in the environment variable DataExport__Api__Key.";

    public ValidateOptionsResult Validate(string? name, ApiOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.Key))
        {
            return ValidateOptionsResult.Fail($"{ApiOptions.Section}:Key is missing. {Remedy}");
        }

        if (options.Key.Length < ApiOptions.KeyLengthMin)
        {
            return ValidateOptionsResult.Fail(
                $"{ApiOptions.Section}:Key is shorter than {ApiOptions.KeyLengthMin} characters. {Remedy}");
        }

        if (options.MetricsKey is { } key && key.Length < ApiOptions.KeyLengthMin)
        {
            return ValidateOptionsResult.Fail(
                $"{ApiOptions.Section}:MetricsKey is shorter than {ApiOptions.KeyLengthMin} characters. "
                + "Set it to a random text or leave it out.");
        }

        return options.RequestBytesMax > 0 && options.SyncTimeout > TimeSpan.Zero
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{ApiOptions.Section}:RequestBytesMax and {ApiOptions.Section}:SyncTimeout must be above zero.");
    }
}

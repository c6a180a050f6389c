using DataExport.Grains.Ports;

namespace DataExport.Silo.FailedRecords;

/// <summary>Registers the failure log.</summary>
internal static class FailedRecordRegistration
{
    /// <summary>Adds <see cref="IFailedRecordLogs"/>, on files.</summary>
    public static IServiceCollection AddFailedRecordLog(this IServiceCollection services)
    {
        _ = services.AddOptions<FailedRecordLogOptions>().BindConfiguration(FailedRecordLogOptions.Section)
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<IFailedRecordLogs, JsonLinesFailedRecordLogs>();
    }
}

using DataExport.Grains;
using DataExport.Grains.Ports;

namespace DataExport.Silo.FailedRecords;

/// <summary>Registers the failure log.</summary>
internal static class FailedRecordRegistration
{
    /// <summary>Adds <see cref="IFailedRecordLogs"/>, on files.</summary>
    public static IServiceCollection AddFailedRecordLog(this IServiceCollection services)
    {
        _ = services.AddOptionsSection<FailedRecordLogOptions>(FailedRecordLogOptions.Section);
        return services.AddSingleton<IFailedRecordLogs, JsonLinesFailedRecordLogs>();
    }
}

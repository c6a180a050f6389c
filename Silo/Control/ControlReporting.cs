using System.Data.Common;
using DataExport.Grains;
using DataExport.Grains.Ports;
using DataExport.Silo.Hosting;
using DataExport.Targets.Control;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Control;

/// <summary>Registers what this silo reports to the control database.</summary>
internal static class ControlReporting
{
    private const string Sqlite = "sqlite";
    private const string FileName = "control.db";

    /// <summary>
    /// Adds it. Without configuration the database is a SQLite file in <see cref="SiloOptions.DataDirectory"/>.
    /// </summary>
    public static IServiceCollection AddControlReporting(this IServiceCollection services)
    {
        _ = services.AddControlDatabase().PostConfigure<IOptions<SiloOptions>>(UseFileByDefault);
        _ = services.AddOptionsSection<ControlReportOptions>(ControlDatabaseOptions.Section);
        return services
            .AddSingleton<ProfileChanges>()
            .AddSingleton<IProfileChanges>(static provider => provider.GetRequiredService<ProfileChanges>())
            .AddSingleton<ProfileReports>()
            .AddSingleton<SiloMetrics>()
            .AddSingleton<ControlRound>()
            .AddHostedService<ControlReporter>();
    }

    private static void UseFileByDefault(ControlDatabaseOptions control, IOptions<SiloOptions> silo)
    {
        var isFile = string.IsNullOrEmpty(control.Type)
            || Sqlite.Equals(control.Type, StringComparison.OrdinalIgnoreCase);
        if (isFile && string.IsNullOrEmpty(control.Connection))
        {
            control.Type = Sqlite;
            control.Connection = new DbConnectionStringBuilder
            {
                ["Data Source"] = Path.Combine(silo.Value.DataDirectory, FileName),
            }.ConnectionString;
        }
    }
}

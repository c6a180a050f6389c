using DataExport.Dataverse;
using DataExport.Grains;
using DataExport.Silo.Api;
using DataExport.Silo.Control;
using DataExport.Silo.FailedRecords;
using DataExport.Targets;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Hosting;

/// <summary>A silo, put together in path order.</summary>
public static class SiloHost
{
    // Kubernetes' grace period: what is in flight by then comes again.
    private static readonly TimeSpan s_shutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Runs a silo until SIGTERM or Ctrl-C, then lets what is in flight end.</summary>
    /// <returns>The exit code: 1 when its configuration cannot be used, which standard error then says.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        await using var app = Build(args);
        var faults = FaultsOf(app.Services);
        foreach (var fault in faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        if (faults.Count > 0)
        {
            return 1;
        }

        _ = app.MapDataExportApi();
        await app.RunAsync();
        return 0;
    }

    /// <summary>What is wrong with the configuration. Whoever mends it needs these words and no stack.</summary>
    private static IReadOnlyList<string> FaultsOf(IServiceProvider services)
    {
        try
        {
            services.GetService<IStartupValidator>()?.Validate();
            return [];
        }
        catch (OptionsValidationException fault)
        {
            return [.. fault.Failures];
        }
        catch (AggregateException several)
        {
            return [.. several.InnerExceptions.Select(static fault => fault.Message)];
        }
    }

    private static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddGrainRuntime();
        _ = builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = s_shutdownTimeout);
        _ = builder.Services.AddOptionsSection<SiloOptions>(SiloOptions.Section);
        _ = builder.Services
            .AddSingleton(TimeProvider.System)
            .AddDataExportApi()
            .AddDataExportGrains()           // (c), (1)-(4)
            .AddSourceCounting()
            .AddDataverseSource()            // (3), (4)
            .AddTargets()                    // (2), (d)
            .AddFailedRecordLog()
            .AddBatchWriting()               // (d)
            .AddControlReporting()           // after the agents have stopped it tells what they did to the last
            .AddNotificationPulling()        // (a) (b) (e); last, so that it stops first
            .AddStandardInputWatch();
        return builder.Build();
    }
}

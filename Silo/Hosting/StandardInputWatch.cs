namespace DataExport.Silo.Hosting;

/// <summary>
/// Stops the silo when its standard input ends, if <c>DataExport:Silo:StopsWithStandardInput</c> is set: whoever
/// started it on a pipe does not leave it behind, however it ended itself.
/// </summary>
internal sealed class StandardInputWatch(IConfiguration configuration, IHostApplicationLifetime lifetime)
    : BackgroundService
{
    internal const string Key = $"{SiloOptions.Section}:StopsWithStandardInput";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!configuration.GetValue<bool>(Key))
        {
            return;
        }

        // Reading a pipe cannot be cancelled: the thread that does it is left behind when the silo stops for another
        // reason.
        var ended = Task.Run(ReadToEnd, CancellationToken.None);
        await ended.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }

    private static void ReadToEnd()
    {
        using var input = Console.OpenStandardInput();
        Span<byte> ignored = stackalloc byte[256];
        while (input.Read(ignored) > 0)
        {
            // What is said there means nothing; that somebody is still there does.
        }
    }
}

/// <summary>Registers the watch.</summary>
internal static class StandardInputWatchRegistration
{
    /// <summary>Adds a <see cref="StandardInputWatch"/>; without its setting it does nothing.</summary>
    public static IServiceCollection AddStandardInputWatch(this IServiceCollection services) =>
        services.AddHostedService<StandardInputWatch>();
}

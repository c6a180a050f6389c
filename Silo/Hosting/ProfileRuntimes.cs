using System.Collections.Concurrent;
using System.Collections.Immutable;
using DataExport.Grains.Ports;
using DataExport.Silo.Telemetry;
using DataExport.Silo.Writing;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Hosting;

/// <summary>Opens and keeps the runtimes of profiles: one a profile and silo, however many ask at once.</summary>
internal sealed partial class ProfileRuntimes(
    ITargetFactory targets,
    ISourceEnvironmentFactory sources,
    IFailedRecordLogs failedRecords,
    IGrainFactory grains,
    PathInstruments path,
    IOptions<BatchWriterOptions> options,
    TimeProvider clock,
    ILoggerFactory loggers) : IProfileRuntimes, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ProfileRuntime>>> _open = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask<IProfileRuntime> GetAsync(string profileId, CancellationToken cancellationToken)
    {
        if (_open.TryGetValue(profileId, out var open))
        {
            return await open.Value;
        }

        var route = await grains.GetGrain<IExportProfileGrain>(profileId).GetRouteAsync()
            ?? throw new ProfileException($"Profile '{profileId}' is not active. Activate it first.");
        return await OpenAsync(route);
    }

    /// <inheritdoc/>
    public async Task<IProfileRuntime> OpenAsync(
        ExportProfile profile, ImmutableArray<TableDefinition> tables, CancellationToken cancellationToken) =>
        await OpenAsync(new ProfileRoute(profile, tables));

    /// <summary>The runtime of an active profile, by its route.</summary>
    public async Task<ProfileRuntime> OpenAsync(ProfileRoute route)
    {
        var runtime = await OpenOnceAsync(route);
        while (runtime.Profile.TablesSince < route.Profile.TablesSince)
        {
            // It was opened by an earlier route, whose tables may be others.
            await CloseAsync(runtime);
            runtime = await OpenOnceAsync(route);
        }

        return runtime;
    }

    /// <inheritdoc/>
    public async Task CloseAsync(string profileId)
    {
        if (_open.TryRemove(profileId, out var open))
        {
            await CloseAsync(profileId, open);
        }
    }

    /// <summary>Closes this runtime; one that the profile has had since stays open.</summary>
    public async Task CloseAsync(ProfileRuntime runtime)
    {
        var profileId = runtime.Profile.Id;
        if (_open.TryGetValue(profileId, out var open)
            && open.Value is { IsCompletedSuccessfully: true } opened
            && ReferenceEquals(await opened, runtime)
            && _open.TryRemove(KeyValuePair.Create(profileId, open)))
        {
            await CloseAsync(profileId, open);
        }
    }

    /// <inheritdoc/>
    public async Task StopWaitingAsync(string profileId)
    {
        if (_open.TryGetValue(profileId, out var open) && open.Value is { IsCompletedSuccessfully: true } opened)
        {
            await (await opened).Batches.StopWaitingAsync();
        }
    }

    /// <summary>Stops waiting for targets that are away, since the silo stops.</summary>
    public async Task StopWaitingAsync()
    {
        foreach (var profileId in _open.Keys)
        {
            await StopWaitingAsync(profileId);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var profileId in _open.Keys)
        {
            await CloseAsync(profileId);
        }
    }

    private async Task<ProfileRuntime> OpenOnceAsync(ProfileRoute route)
    {
        var id = route.Profile.Id;
        var open = _open.GetOrAdd(id, _ => new Lazy<Task<ProfileRuntime>>(() => CreateAsync(route)));
        try
        {
            return await open.Value;
        }
        catch
        {
            // A target that could not be provisioned must be tried anew by the next who asks.
            _ = _open.TryRemove(KeyValuePair.Create(id, open));
            throw;
        }
    }

    private async Task CloseAsync(string profileId, Lazy<Task<ProfileRuntime>> open)
    {
        ProfileRuntime runtime;
        try
        {
            runtime = await open.Value;
        }
        catch
        {
            // It never opened, which whoever opened it was told: there is nothing to close.
            return;
        }

        await runtime.DisposeAsync();
        LogClosed(loggers.CreateLogger<ProfileRuntimes>(), profileId);
    }

    private async Task<ProfileRuntime> CreateAsync(ProfileRoute route)
    {
        // Opened on the thread pool: the caller is a grain, and neither its turns nor its fate may be in what lives
        // longer.
        return await Task.Run(async () =>
        {
            var instruments = path.For(route.Profile.Id);
            var target = targets.Open(route.Profile);
            try
            {
                LogPlan(route.Profile.Id, await target.ProvisionAsync(route.Tables, CancellationToken.None));
            }
            catch
            {
                await target.DisposeAsync();
                throw;
            }

            var writer = new BatchWriter(
                target, options.Value, instruments, clock, loggers.CreateLogger<BatchWriter>());
            writer.Start();
            instruments.Begin(route.Tables.Select(static table => table.Name));
            instruments.Gauges.Watch(writer);
            LogOpened(loggers.CreateLogger<ProfileRuntimes>(), route.Profile.Id, route.Tables.Length);
            return new ProfileRuntime(
                route,
                target,
                new InstrumentedSource(sources.Open(route.Profile), instruments),
                writer,
                new InstrumentedFailedRecordLog(failedRecords.For(route.Profile.Id), instruments),
                instruments);
        });
    }

    private void LogPlan(string profile, TargetPlan plan)
    {
        var logger = loggers.CreateLogger<ProfileRuntimes>();
        foreach (var change in plan.Changes)
        {
            LogSchemaChanged(logger, profile, change);
        }

        foreach (var warning in plan.Warnings)
        {
            LogSchemaWarning(logger, profile, warning);
        }
    }

    [LoggerMessage(LogLevel.Information, "Profile {Profile}: {Change}")]
    private static partial void LogSchemaChanged(ILogger logger, string profile, string change);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: {Warning}")]
    private static partial void LogSchemaWarning(ILogger logger, string profile, string warning);

    [LoggerMessage(LogLevel.Information, "Profile {Profile}: target open with {Tables} tables")]
    private static partial void LogOpened(ILogger logger, string profile, int tables);

    [LoggerMessage(LogLevel.Information, "Profile {Profile}: target closed")]
    private static partial void LogClosed(ILogger logger, string profile);
}

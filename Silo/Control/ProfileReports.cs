using System.Collections.Concurrent;
using System.Collections.Immutable;
using DataExport.Targets.Control;
using Microsoft.Extensions.Options;

namespace DataExport.Silo.Control;

/// <summary>Asks the grains of profiles how they do.</summary>
internal sealed partial class ProfileReports(
    IGrainFactory grains, IOptions<ControlReportOptions> options, TimeProvider clock, ILogger<ProfileReports> logger)
{
    // Told once: a profile that cannot say how it does is likely to be asked again and again.
    private readonly ConcurrentDictionary<string, bool> _silent = new(StringComparer.Ordinal);

    /// <summary>The ids of all profiles.</summary>
    public Task<ImmutableArray<string>> ListAsync(CancellationToken cancellationToken) => grains
        .GetGrain<IProfileDirectoryGrain>(IProfileDirectoryGrain.Key)
        .GetProfilesAsync()
        .WaitAsync(options.Value.ReportTimeout, clock, cancellationToken);

    /// <summary>How these profiles do. Ids without a profile are gone; who does not answer is left out.</summary>
    public async Task<ControlReport> ReadAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(ids.Select(id => ReadAsync(id, cancellationToken)));
        return new ControlReport
        {
            Profiles = [.. answers.Select(static answer => answer.Profile).OfType<ReportedProfile>()],
            Gone = [.. answers.Select(static answer => answer.Gone).OfType<GoneProfile>()],
        };
    }

    private async Task<Answer> ReadAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await AskAsync(id).WaitAsync(options.Value.ReportTimeout, clock, cancellationToken);
            _ = _silent.TryRemove(id, out _);
            return answer;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // One profile's trouble, whatever it is, must not keep the others from being reported.
            if (_silent.TryAdd(id, true))
            {
                LogSilent(exception, id);
            }

            return default;
        }
    }

    private async Task<Answer> AskAsync(string id)
    {
        var grain = grains.GetGrain<IExportProfileGrain>(id);

        // Before it is asked: what happens meanwhile is newer than this report.
        var now = clock.GetUtcNow().UtcDateTime;
        if (await grain.GetAsync() is not { } profile)
        {
            return new Answer(null, new GoneProfile(id, now, now));
        }

        var report = await grain.GetReportAsync();
        return new Answer(
            new ReportedProfile(profile.WithoutSecrets(), report, now, options.Value.SiloName), null);
    }

    [LoggerMessage(LogLevel.Warning,
        "Profile {Profile} does not say how it does; its rows in the control database stay as they are meanwhile")]
    private partial void LogSilent(Exception exception, string profile);

    private readonly record struct Answer(ReportedProfile? Profile, GoneProfile? Gone);
}

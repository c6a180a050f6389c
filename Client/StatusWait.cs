using DataExport.Api;

namespace DataExport.Client;

/// <summary>How to wait for a profile.</summary>
public sealed record WaitOptions
{
    /// <summary>How often to ask.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long to wait at most.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(1);
}

/// <summary>Asks for a profile's status until it is the expected one.</summary>
internal static class StatusWait
{
    public static async Task<ProfileView> RunAsync(
        DataExportClient client,
        string id,
        ProfileStatus expected,
        (WaitOptions Wait, TimeProvider Clock) how,
        CancellationToken cancellationToken)
    {
        var (wait, clock) = how;
        var began = clock.GetTimestamp();
        while (true)
        {
            var profile = await client.GetProfileAsync(id, withStatus: true, cancellationToken);
            var status = profile.Report?.Status;
            if (status == expected)
            {
                return profile;
            }

            if (status is ProfileStatus.Faulted)
            {
                throw new DataExportException($"Profile '{profile.Name}' is faulted: {profile.Report?.Message}");
            }

            if (clock.GetElapsedTime(began) >= wait.Timeout)
            {
                throw new TimeoutException(
                    $"Profile '{profile.Name}' is {status} and not {expected} after {wait.Timeout.TotalSeconds:0} s.");
            }

            await Task.Delay(wait.Interval, clock, cancellationToken);
        }
    }
}

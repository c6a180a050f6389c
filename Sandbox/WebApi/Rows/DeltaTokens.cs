using System.Globalization;

namespace DataExport.Sandbox;

/// <summary>
/// Makes and reads tokens of the change feed: a version and the time of issue, as Dataverse's look. A token is expired
/// when it is older than its lifetime or when all were expired since.
/// </summary>
internal sealed class DeltaTokens(DataverseSandbox sandbox)
{
    private const string TimeFormat = "MM/dd/yyyy HH:mm:ss";

    private long _expiredUpTo = -1;
    private long _lifetimeTicks = TimeSpan.FromDays(7).Ticks;

    public TimeSpan Lifetime
    {
        get => new(Interlocked.Read(ref _lifetimeTicks));
        set => Interlocked.Exchange(ref _lifetimeTicks, value.Ticks);
    }

    /// <summary>Expires every token issued so far. Later ones stand for a higher version.</summary>
    public void ExpireAll() => Interlocked.Exchange(ref _expiredUpTo, sandbox.SkipVersion() - 1);

    public string Issue(long version)
    {
        var now = sandbox.Clock.GetUtcNow().ToString(TimeFormat, CultureInfo.InvariantCulture);
        return Uri.EscapeDataString($"{version}!{now}");
    }

    /// <summary>The version that a token stands for.</summary>
    /// <exception cref="ApiException">It is expired or none of this environment's.</exception>
    public long Read(string token)
    {
        var parts = token.Split('!');
        if (parts.Length != 2
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            || !DateTimeOffset.TryParseExact(
                parts[1], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var issued))
        {
            throw ApiException.BadRequest("The delta token is invalid.");
        }

        RequireFresh(version);
        if (sandbox.Clock.GetUtcNow() - issued > Lifetime)
        {
            throw Expired();
        }

        return version;
    }

    /// <exception cref="ApiException">All tokens of that version were expired.</exception>
    public void RequireFresh(long version)
    {
        if (version <= Interlocked.Read(ref _expiredUpTo))
        {
            throw Expired();
        }
    }

    private static ApiException Expired() => new(
        400,
        ErrorCodes.ExpiredVersionStamp,
        "Version stamp associated with the client has expired. Please perform a full sync.");
}

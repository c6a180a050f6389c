namespace DataExport.Grains.Budget;

/// <summary>
/// One limit over a sliding window: what we used by our own count, and what others of the same user used, as the
/// environment's headers tell.
/// </summary>
internal sealed class BudgetLimit(double max, TimeSpan window)
{
    private readonly SlidingSum _own = new(window);
    private double _others;
    private TimeSpan _othersUntil;

    /// <summary>What we used in the window.</summary>
    public double Own(TimeSpan now) => _own.Of(now);

    /// <summary>The share of the limit that is used, by us and by others.</summary>
    public double Share(TimeSpan now) => (_own.Of(now) + Others(now)) / max;

    /// <summary>Whether so much more stays within a share of the limit.</summary>
    public bool Fits(TimeSpan now, double amount, double share) =>
        _own.Of(now) + Others(now) + amount <= max * share;

    public void Add(TimeSpan now, double amount) => _own.Add(now, amount);

    /// <summary>
    /// Takes what the environment says is left. It knows of others; each of its web servers knows of a part of us only,
    /// so what we counted ourselves always stands.
    /// </summary>
    public void TellLeft(TimeSpan now, double left)
    {
        _others = Math.Max(0, max - left - _own.Of(now));
        _othersUntil = now + window;
    }

    /// <summary>How long until asking again makes sense.</summary>
    public TimeSpan Wait(TimeSpan now)
    {
        var wait = _own.UntilOldestLeaves(now);
        return wait > TimeSpan.Zero ? wait : TimeSpan.FromSeconds(1);
    }

    private double Others(TimeSpan now) => now < _othersUntil ? _others : 0;
}

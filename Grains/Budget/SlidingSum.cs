namespace DataExport.Grains.Budget;

/// <summary>The sum of what was added within a window of time. Times never go back.</summary>
internal sealed class SlidingSum(TimeSpan window)
{
    private readonly Queue<(TimeSpan At, double Amount)> _entries = new();
    private double _sum;

    public void Add(TimeSpan now, double amount)
    {
        _entries.Enqueue((now, amount));
        _sum += amount;
    }

    /// <summary>The sum of the window that ends now.</summary>
    public double Of(TimeSpan now)
    {
        while (_entries.TryPeek(out var oldest) && now - oldest.At >= window)
        {
            _ = _entries.Dequeue();
            _sum -= oldest.Amount;
        }

        if (_entries.Count == 0)
        {
            // What adding and taking away fractions left over would stay for ever.
            _sum = 0;
        }

        return _sum;
    }

    /// <summary>How long until the oldest entry leaves the window; zero when there is none.</summary>
    public TimeSpan UntilOldestLeaves(TimeSpan now) =>
        _entries.TryPeek(out var oldest) ? oldest.At + window - now : TimeSpan.Zero;
}

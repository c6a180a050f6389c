namespace DataExport.Grains.Budget;

/// <summary>
/// Counts what is asked of one environment and decides whether one more request may go. Knows no clock and no grain:
/// every call is told the time since some beginning. Not thread-safe.
/// </summary>
/// <remarks>
/// The environment counts what it receives, a little later than it was sent, so a little less than each limit is given
/// out. Loads leave some of it free: what live changes need is then there at once.
/// </remarks>
internal sealed class BudgetLedger(SourceBudgetOptions options)
{
    private const double ShareOfAll = 0.99;
    private const double ShareOfLoads = 0.97;

    // Until the first answer has told what others, or we before a restart, have used already.
    private const int ConcurrentUntilTold = 4;
    private const double EstimateWeight = 0.1;
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_yieldFor = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<long, (SourceWork Work, TimeSpan At)> _inFlight = [];
    private readonly BudgetLimit _requests = new(options.RequestsMax, options.Window + options.WindowMargin);
    private readonly BudgetLimit _execution = new(
        options.ExecutionMax.TotalSeconds, options.Window + options.WindowMargin);
    private readonly double[] _estimatedSeconds = [0.05, 0.05, 0.05];
    private readonly TimeSpan[] _refusedAt = [-s_yieldFor, -s_yieldFor, -s_yieldFor];
    private long _lastLease;
    private TimeSpan _quietUntil;
    private int? _dopHint;
    private bool _isTold;
    private long _waits;
    private double _waitsShare;

    /// <summary>Until when nothing may be sent.</summary>
    public TimeSpan QuietUntil => _quietUntil;

    /// <summary>Whether one more request may go now.</summary>
    public BudgetAnswer Take(SourceWork work, TimeSpan now)
    {
        if (_quietUntil > now)
        {
            return new BudgetAnswer(0, _quietUntil - now, IsQuiet: true);
        }

        ForgetLost(now);
        if (FindHindrance(work, now) is { } hindrance)
        {
            _refusedAt[(int)work] = now;
            return new BudgetAnswer(0, hindrance > s_pollInterval ? hindrance : s_pollInterval);
        }

        _requests.Add(now, 1);
        _inFlight[++_lastLease] = (work, now);
        return new BudgetAnswer(_lastLease);
    }

    /// <summary>The answer of a request is read.</summary>
    public void GiveBack(long lease, in SourceUse use, TimeSpan now)
    {
        if (_inFlight.Remove(lease, out var request))
        {
            _execution.Add(now, use.Execution.TotalSeconds);
            ref var estimate = ref _estimatedSeconds[(int)request.Work];
            estimate += EstimateWeight * (use.Execution.TotalSeconds - estimate);
        }

        _isTold = true;
        _dopHint = use.DopHint ?? _dopHint;
        if (use.RequestsLeft is { } requests)
        {
            _requests.TellLeft(now, requests);
        }

        if (use.TimeLeft is { } time)
        {
            _execution.TellLeft(now, time.TotalSeconds);
        }

        KeepQuiet(use.RetryAfter, now);
    }

    /// <summary>Sends nothing for so long. Of several such wishes the one that ends last holds.</summary>
    public void KeepQuiet(TimeSpan? quiet, TimeSpan now)
    {
        if (quiet is { } wish && now + wish > _quietUntil)
        {
            _quietUntil = now + wish;
        }
    }

    /// <summary>How much is used.</summary>
    public BudgetReport Report(TimeSpan now) => new(
        (int)_requests.Own(now),
        TimeSpan.FromSeconds(_execution.Own(now)),
        _inFlight.Count,
        _quietUntil > now ? _quietUntil - now : TimeSpan.Zero,
        _waits,
        _waitsShare);

    /// <summary>How long to wait, or <see langword="null"/> when the request may go.</summary>
    private TimeSpan? FindHindrance(SourceWork work, TimeSpan now)
    {
        if (MustYield(work, now))
        {
            return s_pollInterval;
        }

        var share = work is SourceWork.Load ? ShareOfLoads : ShareOfAll;
        if (!_requests.Fits(now, 1, share))
        {
            CountWait(_requests.Share(now));
            return _requests.Wait(now);
        }

        if (!_execution.Fits(now, EstimatedSeconds(work), share))
        {
            CountWait(_execution.Share(now));
            return _execution.Own(now) > 0 ? _execution.Wait(now) : s_pollInterval;
        }

        var concurrent = ConcurrentMax(work);
        if (_inFlight.Count < concurrent)
        {
            return null;
        }

        CountWait((double)_inFlight.Count / Math.Min(concurrent, options.ConcurrentMax));
        return s_pollInterval;
    }

    /// <summary>Whether something that goes first has been waiting just now.</summary>
    private bool MustYield(SourceWork work, TimeSpan now)
    {
        for (var first = 0; first < (int)work; first++)
        {
            if (now - _refusedAt[first] < s_yieldFor)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the request itself and those under way will probably cost.</summary>
    private double EstimatedSeconds(SourceWork work)
    {
        var seconds = _estimatedSeconds[(int)work];
        foreach (var (_, request) in _inFlight)
        {
            seconds += _estimatedSeconds[(int)request.Work];
        }

        return seconds;
    }

    private int ConcurrentMax(SourceWork work)
    {
        var all = _isTold ? options.ConcurrentMax : Math.Min(ConcurrentUntilTold, options.ConcurrentMax);
        if (work is not SourceWork.Load)
        {
            return all;
        }

        var loads = Math.Min(all - (int)((1 - ShareOfLoads) * all), _dopHint ?? int.MaxValue);
        return Math.Max(1, loads);
    }

    private void CountWait(double share)
    {
        _waits++;
        _waitsShare += Math.Min(1, share);
    }

    /// <summary>Requests of silos that died are under way no more, and no answer tells what they cost.</summary>
    private void ForgetLost(TimeSpan now)
    {
        foreach (var (lease, request) in _inFlight)
        {
            if (now - request.At > options.LeaseMax)
            {
                _ = _inFlight.Remove(lease);
            }
        }
    }
}

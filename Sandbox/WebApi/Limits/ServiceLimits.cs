using System.Globalization;

namespace DataExport.Sandbox;

/// <summary>
/// Counts what a caller asks, refuses what goes beyond one of the three limits, and counts every request that comes
/// although the caller was asked to wait. Thread-safe.
/// </summary>
internal sealed class ServiceLimits(ServiceLimitOptions options, TimeProvider clock)
{
    // What was under way when a refusal was written cannot know of it.
    private static readonly TimeSpan s_onTheWay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_concurrencyWait = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<long> _requests = new();
    private readonly Queue<(long At, TimeSpan Took)> _executions = new();
    private readonly long[] _refused = new long[3];
    private TimeSpan _executed;
    private int _concurrent;
    private long _quietFrom;
    private TimeSpan _quietFor;
    private ServiceLimit _quietLimit;
    private long _inside;

    /// <summary>Requests that came while the caller had been asked to wait.</summary>
    public long InsideRetryAfter => Interlocked.Read(ref _inside);

    /// <summary>How often a limit refused a request.</summary>
    public long Refused(ServiceLimit limit) => Interlocked.Read(ref _refused[(int)limit]);

    /// <summary>What each request takes beside its real time.</summary>
    public TimeSpan ExecutionAdded => options.ExecutionAdded;

    /// <summary>Asks the caller to wait, as if a limit were met; zero ends it.</summary>
    public void Throttle(ServiceLimit limit, TimeSpan wait)
    {
        lock (_gate)
        {
            BeginQuiet(limit, wait);
        }
    }

    /// <summary>Takes a request up, or refuses it.</summary>
    public ApiAnswer? Begin()
    {
        lock (_gate)
        {
            Forget();
            if (QuietLeft() is { } left)
            {
                if (clock.GetElapsedTime(_quietFrom) > s_onTheWay)
                {
                    _inside++;
                }

                return Refusal(_quietLimit, left);
            }

            if (FindLimit() is { } limit)
            {
                var wait = WaitFor(limit);
                BeginQuiet(limit, wait);
                return Refusal(limit, wait);
            }

            _requests.Enqueue(clock.GetTimestamp());
            _concurrent++;
            return null;
        }
    }

    /// <summary>The work of a request is done; its answer is still to be sent.</summary>
    public void Executed(TimeSpan took)
    {
        lock (_gate)
        {
            _executions.Enqueue((clock.GetTimestamp(), took));
            _executed += took;
        }
    }

    /// <summary>A request that was taken up has been answered.</summary>
    public void End()
    {
        lock (_gate)
        {
            _concurrent--;
        }
    }

    /// <summary>The headers that tell what is left.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers()
    {
        lock (_gate)
        {
            Forget();
            var culture = CultureInfo.InvariantCulture;
            var seconds = Math.Max(0, (options.ExecutionMax - _executed).TotalSeconds);
            return
            [
                new("x-ms-dop-hint", options.DopHint.ToString(culture)),
                new("x-ms-ratelimit-burst-remaining-xrm-requests",
                    Math.Max(0, options.RequestsMax - _requests.Count).ToString(culture)),
                new("x-ms-ratelimit-time-remaining-xrm-requests", seconds.ToString("#,##0.00", culture)),
            ];
        }
    }

    private ServiceLimit? FindLimit() =>
        _concurrent >= options.ConcurrentMax ? ServiceLimit.Concurrency
        : _requests.Count >= options.RequestsMax ? ServiceLimit.Requests
        : _executed >= options.ExecutionMax ? ServiceLimit.Execution
        : null;

    private TimeSpan WaitFor(ServiceLimit limit) => limit switch
    {
        ServiceLimit.Requests => options.Window - clock.GetElapsedTime(_requests.Peek()),
        ServiceLimit.Execution => options.Window - clock.GetElapsedTime(_executions.Peek().At),
        _ => s_concurrencyWait,
    };

    private void BeginQuiet(ServiceLimit limit, TimeSpan wait)
    {
        // Dataverse tells whole seconds; who waits for those has waited long enough.
        _quietFor = TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
        (_quietFrom, _quietLimit) = (clock.GetTimestamp(), limit);
    }

    private TimeSpan? QuietLeft()
    {
        var left = _quietFor - clock.GetElapsedTime(_quietFrom);
        return _quietFor > TimeSpan.Zero && left > TimeSpan.Zero ? left : null;
    }

    private JsonAnswer Refusal(ServiceLimit limit, TimeSpan wait)
    {
        _refused[(int)limit]++;
        var (code, message) = limit switch
        {
            ServiceLimit.Requests => (
                ErrorCodes.TooManyRequests,
                $"Number of requests exceeded the limit of {options.RequestsMax} over time window of "
                + $"{options.Window.TotalSeconds:0} seconds."),
            ServiceLimit.Execution => (
                ErrorCodes.ExecutionTimeExceeded,
                $"Combined execution time of incoming requests exceeded limit of "
                + $"{options.ExecutionMax.TotalMilliseconds:0} milliseconds over time window of "
                + $"{options.Window.TotalSeconds:0} seconds. Decrease number of concurrent requests or reduce the "
                + "duration of requests and try again later."),
            _ => (
                ErrorCodes.TooManyConcurrentRequests,
                $"Number of concurrent requests exceeded the limit of {options.ConcurrentMax}."),
        };
        return JsonAnswer.Error(429, code, message, (int)Math.Ceiling(wait.TotalSeconds));
    }

    private void Forget()
    {
        while (_requests.TryPeek(out var at) && clock.GetElapsedTime(at) >= options.Window)
        {
            _ = _requests.Dequeue();
        }

        while (_executions.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.At) >= options.Window)
        {
            _ = _executions.Dequeue();
            _executed -= oldest.Took;
        }
    }
}

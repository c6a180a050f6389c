using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Reminders;

/// <summary>Reminds grains: one timer, which is always armed for the next tick of all.</summary>
/// <remarks>
/// A reminder's next tick is set when the last has ended, so that its ticks never overlap. Starts after the silo and
/// stops before it.
/// </remarks>
internal sealed partial class ReminderService : IHostedService, IDisposable
{
    /// <summary>How many ticks are under way at once: a silo that starts late has many due.</summary>
    private const int TicksInFlightMax = 1_000;

    /// <summary>Timers take no more than 49 days. At its end nothing is due, and the timer is armed again.</summary>
    private static readonly TimeSpan s_sleepMax = TimeSpan.FromDays(1);

    private readonly Silo _silo;
    private readonly IReminderStore _store;
    private readonly ReminderOptions _options;
    private readonly ILogger<ReminderService> _logger;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _storeGate = new(1);
    private readonly ReminderSchedule _schedule = new();
    private readonly ITimer _timer;
    private int _inFlight;
    private bool _isRunning;

    public ReminderService(
        Silo silo, IReminderStore store, IOptions<ReminderOptions> options, ILogger<ReminderService> logger)
    {
        _silo = silo;
        _store = store;
        _options = options.Value;
        _logger = logger;
        _timer = NonFlowingTimer.Create(silo.Clock, static self => ((ReminderService)self!).SendDue(), this);
    }

    private DateTime Now => _silo.Clock.GetUtcNow().UtcDateTime;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_options.MinimumReminderPeriod < TimeSpan.Zero)
        {
            throw new OrleansConfigurationException(
                $"MinimumReminderPeriod is set to {_options.MinimumReminderPeriod}. It must not be less than 0");
        }

        var reminders = await _store.LoadAsync(cancellationToken);
        lock (_gate)
        {
            foreach (var reminder in reminders)
            {
                _schedule.Add(reminder, reminder.GetNextTick(Now));
            }

            _isRunning = true;
        }

        SendDue();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _isRunning = false;
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _storeGate.Dispose();
    }

    public Reminder? Find(GrainId grainId, string name)
    {
        lock (_gate)
        {
            return _schedule.Find(grainId, name);
        }
    }

    public List<IGrainReminder> FindAll(GrainId grainId)
    {
        lock (_gate)
        {
            return _schedule.FindAll(grainId);
        }
    }

    public async Task<IGrainReminder> RegisterAsync(GrainId grainId, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        if (period < _options.MinimumReminderPeriod)
        {
            throw new ArgumentException(
                $"Cannot register reminder {name} as requested period ({period}) is less than minimum allowed "
                + $"reminder period ({_options.MinimumReminderPeriod})",
                nameof(period));
        }

        var reminder = new Reminder(grainId, name, Now + dueTime, period, Guid.NewGuid().ToString("N"));
        await ChangeAsync(() => _store.SaveAsync(reminder), () => _schedule.Add(reminder, reminder.StartAt));
        SendDue();
        return reminder;
    }

    public Task UnregisterAsync(GrainId grainId, IGrainReminder handle) => ChangeAsync(
        async () =>
        {
            if (Find(grainId, handle.ReminderName) is not { } current)
            {
                return;
            }

            if (handle is not Reminder reminder || reminder.ETag != current.ETag)
            {
                throw new ReminderException(
                    $"Could not unregister reminder {handle.ReminderName} of grain {grainId}: it was replaced since. "
                    + "Get it anew and retry.");
            }

            await _store.RemoveAsync(current);
        },
        () =>
        {
            if (_schedule.Find(grainId, handle.ReminderName) is { } current)
            {
                _schedule.Remove(current);
            }
        });

    /// <summary>First the store, then what is in memory; one change at a time.</summary>
    private async Task ChangeAsync(Func<Task> store, Action remember)
    {
        await _storeGate.WaitAsync();
        try
        {
            await store();
            lock (_gate)
            {
                remember();
            }
        }
        finally
        {
            _storeGate.Release();
        }
    }

    /// <summary>Sends what is due, as far as it may, and arms the timer for what is not.</summary>
    private void SendDue()
    {
        while (TakeDue() is var (reminder, tick))
        {
            // Elsewhere: a grain that registers is in its turn, with values of its own that are not the reminder's.
            ThreadPool.UnsafeQueueUserWorkItem(
                static work => _ = work.Service.SendAsync(work.Reminder, work.Tick),
                (Service: this, Reminder: reminder, Tick: tick),
                preferLocal: false);
        }
    }

    private (Reminder Reminder, DateTime Tick)? TakeDue()
    {
        lock (_gate)
        {
            if (!_isRunning || _inFlight >= TicksInFlightMax)
            {
                return null;
            }

            var now = Now;
            var due = _schedule.TakeDue(now);
            if (due is not null)
            {
                _inFlight++;
            }
            else if (_schedule.NextTick is { } next)
            {
                _timer.Change(next - now < s_sleepMax ? next - now : s_sleepMax, Timeout.InfiniteTimeSpan);
            }

            return due;
        }
    }

    private async Task SendAsync(Reminder reminder, DateTime tick)
    {
        try
        {
            var grain = _silo.GrainFactory.GetGrain<IRemindable>(reminder.GrainId);
            await grain.ReceiveReminder(
                reminder.ReminderName, new TickStatus(reminder.StartAt, reminder.Period, Now));
        }
        catch (Exception exception)
        {
            // The grain's own fault, or there is no such grain class any more. The next tick comes all the same.
            LogTickFailed(exception, reminder.GrainId, reminder.ReminderName);
        }

        lock (_gate)
        {
            _inFlight--;
            if (_schedule.IsCurrent(reminder))
            {
                _schedule.Add(reminder, reminder.GetNextTick(tick, Now));
            }
        }

        SendDue();
    }

    [LoggerMessage(LogLevel.Error, "Grain {GrainId}: a tick of reminder {ReminderName} failed; the next one comes")]
    private partial void LogTickFailed(Exception exception, GrainId grainId, string reminderName);
}

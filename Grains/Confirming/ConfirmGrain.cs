using System.Collections.Immutable;
using DataExport.Grains.Loops;
using DataExport.Grains.Ports;
using DataExport.Grains.Tables;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DataExport.Grains.Confirming;

/// <summary>Empties a profile's questions: the next round leaves when the last has returned.</summary>
internal sealed partial class ConfirmGrain(
    IProfileRuntimes runtimes,
    IOptions<ConfirmOptions> options,
    IOptions<TableSyncOptions> syncOptions,
    TimeProvider clock,
    ILogger<ConfirmGrain> logger) : Grain, IConfirmGrain
{
    private static readonly TimeSpan s_stay = TimeSpan.FromDays(1);

    private readonly GrainLoop _loop = new(clock);
    private readonly List<Waiter> _waiters = [];
    private IProfileRuntime? _runtime;
    private string? _message;

    /// <inheritdoc/>
    public async Task StartAsync()
    {
        var runtime = await runtimes.GetAsync(this.GetPrimaryKeyString(), CancellationToken.None);
        if (_loop.IsRunning && ReferenceEquals(runtime, _runtime))
        {
            return;
        }

        // A loop of a runtime that was closed would meet a closed target for ever.
        await _loop.StopAsync();
        _runtime = runtime;
        _loop.Start(stopping => RunAsync(runtime, stopping));
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _loop.StopAsync();
        _runtime?.PendingCounted(
            ImmutableDictionary<string, long>.Empty, ImmutableDictionary<string, DateTime>.Empty);
        _waiters.ForEach(waiter => waiter.Done.TrySetResult());
        _waiters.Clear();
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        StopAsync();

    /// <inheritdoc/>
    public async Task ConfirmNowAsync(CancellationToken cancellationToken)
    {
        if (!_loop.IsRunning)
        {
            return;
        }

        var runtime = await runtimes.GetAsync(this.GetPrimaryKeyString(), cancellationToken);
        var waiter = new Waiter(await runtime.Target.GetUtcNowAsync(cancellationToken));
        _waiters.Add(waiter);
        _loop.Wake();
        await waiter.Done.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<string?> GetMessageAsync() => Task.FromResult(_message);

    private async Task RunAsync(IProfileRuntime runtime, CancellationToken stopping)
    {
        var failures = 0;
        var setAside = new SetAsideQuestions(options.Value.AskAgainAfter, clock);
        while (!stopping.IsCancellationRequested)
        {
            DelayDeactivation(s_stay);
            var wait = options.Value.RoundInterval;
            var hasAsked = false;
            try
            {
                var round = new ConfirmRound(runtime, GrainFactory, options.Value, setAside, clock);
                hasAsked = await round.RunAsync(stopping) > 0;
                Report(round.Message);
                await EndWaitersAsync(runtime, stopping);
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // The questions stand in the target: the next round asks them again.
                Report(exception.Message);
                LogRoundFailed(exception, runtime.Profile.Id);
                wait = RetryBackoff.DelayAfter(exception, failures++, syncOptions.Value);
            }

            // Whoever waits has the next round at once, unless there was nothing that could be asked in this one.
            if (_waiters.Count == 0 || !hasAsked)
            {
                await _loop.WaitAsync(wait, stopping);
            }

            await LetMessagesPassAsync(runtime, wait, stopping);
        }
    }

    private async Task LetMessagesPassAsync(IProfileRuntime runtime, TimeSpan waited, CancellationToken stopping)
    {
        var step = options.Value.RoundInterval;
        for (; runtime.IsBusy && waited < options.Value.BusyRoundInterval; waited += step)
        {
            if (_waiters.Count > 0 || stopping.IsCancellationRequested)
            {
                return;
            }

            await _loop.WaitAsync(step, stopping);
        }
    }

    /// <summary>
    /// Ends the waits of those whose questions are all answered, or cannot be while something hinders. A question that
    /// was put again by its own answer counts as new; while it is quiet, waiting a little longer sees those off too.
    /// </summary>
    private async Task EndWaitersAsync(IProfileRuntime runtime, CancellationToken stopping)
    {
        if (_waiters.Count == 0)
        {
            return;
        }

        var oldest = DateTime.MaxValue;
        foreach (var table in runtime.Tables.Keys)
        {
            var questions = await runtime.Target.ReadPendingAsync(table, 0, DateTime.MaxValue, 1, stopping);
            var sets = await runtime.Target.ReadPendingSetsAsync(table, 0, DateTime.MaxValue, 1, stopping);
            oldest = questions.Count > 0 && questions[0].AskedOn < oldest ? questions[0].AskedOn : oldest;
            oldest = sets.Count > 0 && sets[0].AskedOn < oldest ? sets[0].AskedOn : oldest;
        }

        _waiters.ForEach(static waiter => waiter.Rounds++);
        foreach (var waiter in _waiters.FindAll(waiter => _message is not null || waiter.IsAnswered(oldest)))
        {
            _ = _waiters.Remove(waiter);
            _ = waiter.Done.TrySetResult();
        }
    }

    private void Report(string? message)
    {
        if (message is not null && message != _message)
        {
            LogHindered(this.GetPrimaryKeyString(), message);
        }

        _message = message;
    }

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: {Message}")]
    private partial void LogHindered(string profile, string message);

    [LoggerMessage(LogLevel.Warning, "Profile {Profile}: a round of questions failed, it will be tried again")]
    private partial void LogRoundFailed(Exception exception, string profile);

    private sealed class Waiter(DateTime since)
    {
        // A busy profile always has questions: after so many rounds only those of before count.
        private const int QuietRounds = 20;

        public int Rounds { get; set; }

        public TaskCompletionSource Done { get; } = GrainLoop.NewSignal();

        /// <param name="oldest">When the oldest open question was put; the end of time if there is none.</param>
        public bool IsAnswered(DateTime oldest) =>
            oldest == DateTime.MaxValue || (Rounds >= QuietRounds && oldest > since);
    }
}

using System.Diagnostics;
using DataExport.Grains.Ports;
using DataExport.Grains.Telemetry;
using Microsoft.Extensions.Logging;

namespace DataExport.Grains.Records;

/// <summary>
/// Applies the changes of one record: in order where there is one, once, and together what gathered while it wrote.
/// </summary>
/// <remarks>
/// <para>
/// The entry point interleaves. While a write is in flight it only gathers; the call whose write ended hands the rest
/// to one loop. So two changes of one record are never in the writer at once, and a burst on a record costs two writes.
/// </para>
/// <para>
/// The grain guarantees nothing by its memory. The fence stands in the target's merge: it holds when this activation is
/// lost, and when a second one lives for a while.
/// </para>
/// </remarks>
internal sealed partial class RecordGrain(
    IProfileRuntimes runtimes,
    IdleRecords idle,
    TimeProvider clock,
    ILogger<RecordGrain> logger) : Grain, IRecordGrain
{
    private RecordKey _key;
    private IProfileRuntime? _runtime;
    private OperationMemory _applied;
    private List<GatheredChange>? _gathered;
    private bool _isWriting;
    private int _uses;

    /// <summary>Grows with every write: tells <see cref="IdleRecords"/> whether the grain was used again.</summary>
    internal int Uses => _uses;

    internal TaskScheduler Scheduler { get; private set; } = TaskScheduler.Default;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = RecordKey.Parse(this.GetPrimaryKeyString());
        Scheduler = TaskScheduler.Current;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask<ApplyResult> ApplyAsync(RecordChange change, CancellationToken cancellationToken)
    {
        RequireOwnKey(change.Key);
        using var span = PathTrace.BeginReceived("record");
        if (_applied.Holds(change.OperationId))
        {
            LogRedelivered(_key, change.OperationId);
            return ApplyResult.Superseded;
        }

        _uses++;
        if (_isWriting)
        {
            return await GatherAsync(change);
        }

        _isWriting = true;
        try
        {
            var result = await WriteAsync(ChangeFolding.Single(change), change.Kind, cancellationToken);
            Remember(change, result);
            return result;
        }
        finally
        {
            WriteGatheredOrRest();
        }
    }

    internal void Leave() => DeactivateOnIdle();

    private Task<ApplyResult> GatherAsync(RecordChange change)
    {
        var gathered = new GatheredChange(change);
        (_gathered ??= []).Add(gathered);
        return gathered.Answer.Task;
    }

    private void WriteGatheredOrRest()
    {
        if (_gathered is { Count: > 0 })
        {
            // Not awaited: this call's own change has its answer. The callers of the gathered ones wait for theirs, so
            // the activation stays until the loop has ended.
            _ = WriteGatheredAsync();
            return;
        }

        _isWriting = false;
        idle.Add(this);
    }

    private async Task WriteGatheredAsync()
    {
        while (_gathered is { Count: > 0 } gathered)
        {
            _gathered = null;
            await WriteGroupAsync(gathered);
        }

        _isWriting = false;
        idle.Add(this);
    }

    /// <summary>
    /// Writes what gathered. All of it gets the last answer that is not a success, for a redelivery must find every
    /// change of the group again.
    /// </summary>
    private async Task WriteGroupAsync(List<GatheredChange> gathered)
    {
        using var span = PathTrace.IsOn
            ? PathTrace.BeginTogether("record together", gathered.Select(static each => each.Span))
            : null;
        try
        {
            var answer = ApplyResult.Superseded;
            foreach (var folded in ChangeFolding.Fold(gathered.ConvertAll(static each => each.Change)))
            {
                var result = await WriteAsync(folded, null, CancellationToken.None);
                answer = Worse(answer, result);
            }

            foreach (var each in gathered)
            {
                Remember(each.Change, answer);
                each.Answer.SetResult(answer);
            }
        }
        catch (Exception exception)
        {
            // The callers decide: their messages come again. The loop goes on with what gathered since.
            gathered.ForEach(each => each.Answer.TrySetException(exception));
        }
    }

    private static ApplyResult Worse(ApplyResult first, ApplyResult second) =>
        Badness(second.Status) >= Badness(first.Status) ? second : first;

    private static int Badness(ApplyStatus status) => status switch
    {
        ApplyStatus.Superseded => 0,
        ApplyStatus.Applied => 1,
        ApplyStatus.Uncertain => 2,
        ApplyStatus.Rejected => 3,
        ApplyStatus.Unavailable => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Status has no order."),
    };

    private async ValueTask<ApplyResult> WriteAsync(
        FoldedChange folded, ChangeKind? kind, CancellationToken cancellationToken)
    {
        var runtime = _runtime ??= await runtimes.GetAsync(_key.Profile, cancellationToken);
        var item = new MergeItem(
            _key.Table, _key.RecordId, folded.Evidence, folded.Columns, _key.SetColumn);
        var result = await runtime.Writer.WriteAsync(item, cancellationToken);
        switch (result.Status)
        {
            case ApplyStatus.Rejected:
                return await RetryRejectedAsync(runtime, item, kind, result);

            case ApplyStatus.Unavailable:
                // The writer has stopped: the profile's next runtime has another.
                _runtime = null;
                return result;

            default:
                return result;
        }
    }

    /// <summary>Tries a rejected change again by the profile's policy, then puts it into the failure log.</summary>
    private async Task<ApplyResult> RetryRejectedAsync(
        IProfileRuntime runtime, MergeItem item, ChangeKind? kind, ApplyResult rejected)
    {
        var policy = runtime.Profile.RetryPolicy;
        for (var retry = 0; retry < policy.MaxRetryCount && rejected.Status is ApplyStatus.Rejected; retry++)
        {
            await Task.Delay(policy.Interval, clock);
            rejected = await runtime.Writer.WriteAsync(item, CancellationToken.None);
        }

        if (rejected.Status is ApplyStatus.Rejected)
        {
            LogRejected(_key, rejected.Reason);
            await runtime.FailedRecords.AppendAsync(_key, kind, rejected.Reason ?? "", CancellationToken.None);
        }

        return rejected;
    }

    private void Remember(RecordChange change, ApplyResult result)
    {
        if (result.Status is ApplyStatus.Applied or ApplyStatus.Superseded or ApplyStatus.Uncertain)
        {
            _applied.Add(change.OperationId);
        }
    }

    private void RequireOwnKey(RecordKey key)
    {
        if (key != _key)
        {
            throw new ArgumentException($"Grain of '{_key}' was sent a change of '{key}'.");
        }
    }

    private sealed class GatheredChange(RecordChange change)
    {
        public RecordChange Change { get; } = change;

        /// <summary>The span of its call, if any: the loop that writes it runs in another call's flow.</summary>
        public Activity? Span { get; } = PathTrace.IsOn ? Activity.Current : null;

        // Runs on the grain's scheduler either way; asynchronous keeps a caller's code out of the loop.
        public TaskCompletionSource<ApplyResult> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

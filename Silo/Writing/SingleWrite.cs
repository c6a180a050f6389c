using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Tasks.Sources;
using DataExport.Grains.Ports;
using DataExport.Silo.Telemetry;

namespace DataExport.Silo.Writing;

/// <summary>
/// One queued row of a record grain and the promise of its answer. Pooled: a row costs no allocation here.
/// </summary>
internal sealed class SingleWrite : IAnswerSink, IValueTaskSource<ApplyResult>
{
    private const int PooledMax = 8_192;

    private static readonly ConcurrentQueue<SingleWrite> s_pool = new();

    // Asynchronous continuations keep the callers' code off the writer's loop.
    private ManualResetValueTaskSourceCore<ApplyResult> _answer = new() { RunContinuationsAsynchronously = true };

    private SingleWrite()
    {
    }

    public MergeItem Item { get; private set; } = null!;

    /// <summary>The span of the wait for a merge, if the row is traced.</summary>
    public Activity? Wait { get; private set; }

    /// <summary>The answer. To be awaited once: then the instance serves another row.</summary>
    public ValueTask<ApplyResult> Task => new(this, _answer.Version);

    public static SingleWrite Of(MergeItem item)
    {
        var write = s_pool.TryDequeue(out var pooled) ? pooled : new SingleWrite();
        write.Item = item;
        write.Wait = BatchTrace.BeginWait();
        return write;
    }

    public void Answer(int index, ApplyResult result) => _answer.SetResult(result);

    ApplyResult IValueTaskSource<ApplyResult>.GetResult(short token)
    {
        try
        {
            return _answer.GetResult(token);
        }
        finally
        {
            _answer.Reset();
            Item = null!;
            Wait = null;
            if (s_pool.Count < PooledMax)
            {
                s_pool.Enqueue(this);
            }
        }
    }

    ValueTaskSourceStatus IValueTaskSource<ApplyResult>.GetStatus(short token) => _answer.GetStatus(token);

    void IValueTaskSource<ApplyResult>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);
}

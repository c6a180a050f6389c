using DataExport.Grains.Ports;

namespace DataExport.Silo.Writing;

/// <summary>Many rows queued together, merged in as many batches as it takes, answered as one.</summary>
internal sealed class ManyWrite(IReadOnlyList<MergeItem> items) : IAnswerSink
{
    private readonly ApplyResult[] _results = new ApplyResult[items.Count];
    private readonly TaskCompletionSource<IReadOnlyList<ApplyResult>> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int _unanswered = items.Count;

    public IReadOnlyList<MergeItem> Items { get; } = items;

    /// <summary>How many rows batches have taken. Guarded by the writer's gate.</summary>
    public int Taken { get; set; }

    public Task<IReadOnlyList<ApplyResult>> Done => _done.Task;

    public void Answer(int index, ApplyResult result)
    {
        _results[index] = result;
        if (Interlocked.Decrement(ref _unanswered) == 0)
        {
            _done.SetResult(_results);
        }
    }
}

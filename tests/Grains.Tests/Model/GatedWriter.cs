using DataExport.Grains.Ports;

namespace DataExport.Grains.Tests.Model;

/// <summary>
/// Merges each item at once; while the gate is closed the first waits in flight, and others can gather.
/// </summary>
internal sealed class GatedWriter(ITarget target) : IChangeWriter
{
    private TaskCompletionSource? _gate;
    private TaskCompletionSource _entered = new();

    public void Close() =>
        (_gate, _entered) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
            new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Ends when a write waits at the closed gate.</summary>
    public Task Entered => _entered.Task;

    /// <summary>
    /// Opens the gate. The write that waits at it never happens: its message is away, as after a lost lock.
    /// </summary>
    public void Open()
    {
        var gate = _gate;
        _gate = null;
        gate?.SetResult();
    }

    public async ValueTask<ApplyResult> WriteAsync(MergeItem item, CancellationToken cancellationToken)
    {
        if (_gate is { } gate)
        {
            _ = _entered.TrySetResult();
            await gate.Task;
            return ApplyResult.Unavailable("The gate was closed.");
        }

        return (await target.MergeAsync([item], cancellationToken))[0];
    }

    public Task<IReadOnlyList<ApplyResult>> WriteManyAsync(
        IReadOnlyList<MergeItem> items, CancellationToken cancellationToken) =>
        target.MergeAsync(items, cancellationToken);
}

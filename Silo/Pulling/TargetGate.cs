using DataExport.ServiceBus;
using DataExport.Silo.Writing;

namespace DataExport.Silo.Pulling;

/// <summary>
/// Takes a profile's credit back while its target is away, so that the queue is the buffer and no delivery is used up;
/// other profiles go on.
/// </summary>
internal sealed class TargetGate : IAsyncDisposable
{
    private readonly BatchWriter _writer;
    private readonly ServiceBusReceiver _receiver;
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    public TargetGate(BatchWriter writer, ServiceBusReceiver receiver)
    {
        (_writer, _receiver) = (writer, receiver);
        _writer.AvailabilityChanged += Change;
    }

    public async ValueTask DisposeAsync()
    {
        _writer.AvailabilityChanged -= Change;
        await _last;
    }

    /// <summary>One after the other, or a quick return would be overtaken by the pause before it.</summary>
    private void Change(bool isAvailable)
    {
        lock (_gate)
        {
            _last = ChangeAfterAsync(_last, isAvailable);
        }
    }

    private async Task ChangeAfterAsync(Task before, bool isAvailable)
    {
        await before;
        if (isAvailable)
        {
            _receiver.Resume();
            return;
        }

        await _receiver.PauseAsync();
    }
}

using DataExport.ServiceBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Bench.Amqp;

/// <summary>Our client, used as a silo uses it: credit follows what is completed.</summary>
internal sealed class OurClient : IAsyncDisposable
{
    private const int ReceivedInFlight = 2_000;
    private const int SentInFlight = 1_000;
    private readonly ServiceBusClient _client;
    private readonly ServiceBusReceiver _receiver;
    private readonly ServiceBusSender _sender;
    private readonly ServiceBusMessage _message = BenchMessage.ToSend();

    public OurClient(string connectionString)
    {
        _client = new ServiceBusClient(
            connectionString, new ServiceBusClientOptions(), TimeProvider.System, NullLoggerFactory.Instance);
        _receiver = _client.CreateReceiver(BenchMessage.Queue);
        _sender = _client.CreateSender(BenchMessage.Queue);
    }

    /// <summary>
    /// Receives and completes. A message that is completed makes room for one; with <paramref name="releases"/> its
    /// buffer goes to another, as a silo does once it is decoded.
    /// </summary>
    public async Task ReceiveAsync(int count, bool releases = false)
    {
        var completed = new Countdown(count);
        _receiver.Grant(Math.Min(ReceivedInFlight, count));
        var toGrant = count - ReceivedInFlight;
        for (var received = 0; received < count;)
        {
            await _receiver.WaitToReadAsync();
            while (_receiver.TryRead(out var message))
            {
                received++;
                if (releases)
                {
                    message.ReleaseBody();
                }

                _ = CompleteAsync(message, completed, grants: received <= toGrant);
            }
        }

        await completed.Task;
    }

    /// <summary>Sends one by one, so many at once, each confirmed by the broker.</summary>
    public async Task SendAsync(int count)
    {
        var left = count;
        var loops = new Task[SentInFlight];
        for (var index = 0; index < loops.Length; index++)
        {
            loops[index] = SendLoopAsync();
        }

        await Task.WhenAll(loops);

        async Task SendLoopAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await _sender.SendAsync(_message);
            }
        }
    }

    /// <summary>Bytes of one message as it comes over the wire, frame included.</summary>
    public async Task<int> MeasureMessageAsync()
    {
        const int frameBytes = 48;
        _receiver.Grant(1);
        await _receiver.WaitToReadAsync();
        _receiver.TryRead(out var message);
        await _receiver.CompleteAsync(message!);
        return message!.EncodedBytes + frameBytes;
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task CompleteAsync(ServiceBusReceivedMessage message, Countdown completed, bool grants)
    {
        await _receiver.CompleteAsync(message);
        if (grants)
        {
            _receiver.Grant(1);
        }

        completed.Count();
    }

    /// <summary>Done when it was counted as often as was said.</summary>
    private sealed class Countdown(int left)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = left;

        public Task Task => _done.Task;

        public void Count()
        {
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _done.SetResult();
            }
        }
    }
}

using DataExport.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Run.Hosting;

/// <summary>A Dataverse environment and a Service Bus namespace in this process, both on loopback.</summary>
internal sealed class SandboxEnvironment : IAsyncDisposable
{
    private readonly IReadOnlyList<string> _queues;

    private readonly ShufflingSink? _shuffling;

    private SandboxEnvironment(
        DataverseSandbox sandbox,
        DataverseHost host,
        ServiceBusNamespace bus,
        IReadOnlyList<string> queues,
        ShufflingSink? shuffling)
    {
        (Sandbox, Host, Bus) = (sandbox, host, bus);
        (_queues, _shuffling) = (queues, shuffling);
    }

    /// <summary>The environment.</summary>
    public DataverseSandbox Sandbox { get; }

    /// <summary>Its Web API.</summary>
    public DataverseHost Host { get; }

    /// <summary>The namespace that its changes are posted to.</summary>
    public ServiceBusNamespace Bus { get; }

    /// <summary>Makes all rows and listens.</summary>
    public static async Task<SandboxEnvironment> StartAsync(
        SandboxSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var bus = new ServiceBusNamespace(
            new ServiceBusNamespaceOptions { Port = settings.AmqpPort }, clock, NullLoggerFactory.Instance);
        foreach (var queue in settings.Queues)
        {
            bus.CreateQueue(queue, settings.Queue);
        }

        var sink = new QueueSink(bus, settings.Queues);
        var shuffling = settings.Shuffle is null ? null : new ShufflingSink(sink, settings.Shuffle);
        var sandbox = new DataverseSandbox(
            new DataverseSandboxOptions { Seed = settings.Seed }, clock, (INotificationSink?)shuffling ?? sink);
        sandbox.Seed(settings.Rows);
        var host = new DataverseHost(sandbox, new DataverseHostOptions { Port = settings.HttpPort });
        bus.Start();
        await host.StartAsync(cancellationToken);
        return new SandboxEnvironment(sandbox, host, bus, settings.Queues, shuffling);
    }

    /// <summary>What a profile's <c>NotificationConnection</c> is for a queue. The key is no secret: all know it.</summary>
    public string ConnectionOf(string queue) => $"{Bus.ConnectionString};EntityPath={queue}";

    /// <summary>Enqueues the messages that are still held to be shuffled.</summary>
    public void Flush() => _shuffling?.Flush();

    /// <summary>Messages of the longest queue that are not settled yet.</summary>
    public int ReadBacklog()
    {
        var longest = 0;
        for (var index = 0; index < _queues.Count; index++)
        {
            var counts = Bus.GetQueueCounts(_queues[index]);
            longest = Math.Max(longest, counts.Active + counts.Locked);
        }

        return longest;
    }

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        await Host.DisposeAsync();
    }
}

using DataExport.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExport.Run.Hosting;

/// <summary>
/// A filled Sandbox in this process whose changes are posted to the queues of its settings: all, or those that steps
/// are registered for.
/// </summary>
internal sealed class SandboxEnvironment : IAsyncDisposable
{
    private readonly SandboxHost _host;
    private readonly IReadOnlyList<string> _queues;
    private readonly ShufflingSink? _shuffling;

    private SandboxEnvironment(SandboxSettings settings, TimeProvider clock)
    {
        ShufflingSink? shuffling = null;
        Faults = new FaultPlan(settings.Faults, settings.Seed);
        _host = new SandboxHost(
            new SandboxHostOptions
            {
                Environment = new DataverseSandboxOptions
                {
                    Seed = settings.Seed,
                    Model = settings.Model ?? settings.Source.Read(settings.Seed),
                    Faults = Faults,
                },
                WebApi = new DataverseHostOptions
                {
                    Port = settings.HttpPort,
                    CompressesRows = settings.Shuffle is not null,
                    Limits = FaultSettings.LimitsOf(settings.Faults),
                },
                Namespace = new ServiceBusNamespaceOptions
                {
                    Port = settings.AmqpPort,
                    DataDirectory = settings.DataDirectory,
                },
                Between = settings.Shuffle is { } shuffle
                    ? queues => shuffling = new ShufflingSink(queues, shuffle)
                    : null,
            },
            clock,
            NullLoggerFactory.Instance);
        (_queues, _shuffling) = ([.. settings.Queues, .. settings.RegisteredQueues], shuffling);
    }

    /// <summary>The environment.</summary>
    public DataverseSandbox Sandbox => _host.Environment;

    /// <summary>What goes wrong with it, while that is switched on.</summary>
    public FaultPlan Faults { get; }

    /// <summary>Its Web API.</summary>
    public DataverseHost Host => _host.WebApi;

    /// <summary>The namespace that its changes are posted to.</summary>
    public ServiceBusNamespace Bus => _host.Namespace;

    /// <summary>Makes all rows and listens.</summary>
    public static async Task<SandboxEnvironment> StartAsync(
        SandboxSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var environment = new SandboxEnvironment(settings, clock);
        foreach (var queue in settings.Queues)
        {
            environment._host.CreateQueue(queue, settings.QueueSettings.GetValueOrDefault(queue) ?? settings.Queue);
        }

        foreach (var queue in settings.RegisteredQueues.Concat(settings.SessionQueues))
        {
            environment.Bus.CreateQueue(queue, settings.QueueSettings.GetValueOrDefault(queue) ?? settings.Queue);
        }

        if (environment.Sandbox.TakesRows)
        {
            environment.Sandbox.Seed(settings.Rows);
        }

        await environment._host.StartAsync(cancellationToken);
        return environment;
    }

    /// <summary>
    /// What a profile's <c>NotificationConnection</c> and <c>RegistrationConnection</c> are for a queue. Its key is no
    /// secret.
    /// </summary>
    public string ConnectionOf(string queue) => $"{Bus.ConnectionString};EntityPath={queue}";

    /// <summary>Posts the notifications that are still held to be shuffled, or late.</summary>
    public void Flush()
    {
        _host.Flush();
        _shuffling?.Flush();
    }

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

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}

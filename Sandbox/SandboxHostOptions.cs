namespace DataExport.Sandbox;

/// <summary>How a <see cref="SandboxHost"/> is put together.</summary>
public sealed record SandboxHostOptions
{
    /// <summary>The environment.</summary>
    public DataverseSandboxOptions Environment { get; init; } = new();

    /// <summary>Its Web API.</summary>
    public DataverseHostOptions WebApi { get; init; } = new();

    /// <summary>The Service Bus namespace that it posts to.</summary>
    public ServiceBusNamespaceOptions Namespace { get; init; } = new();

    /// <summary>
    /// Makes what stands between the environment and the queues, to hold notifications back or to double them. It is
    /// given what posts to the queues. Null: nothing does.
    /// </summary>
    public Func<INotificationSink, INotificationSink>? Between { get; init; }
}

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
}

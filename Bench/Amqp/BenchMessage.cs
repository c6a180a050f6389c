using DataExport.Sandbox;
using DataExport.ServiceBus;

namespace DataExport.Bench.Amqp;

/// <summary>The message of this bench: a body of 2 KB, with the properties that Dataverse gives its messages.</summary>
internal static class BenchMessage
{
    public const string Queue = "bench";
    public const int BodyBytes = 2_048;

    private static readonly KeyValuePair<string, object?>[] _properties =
    [
        new("http://schemas.microsoft.com/xrm/2011/Claims/Organization", "contoso.crm4.dynamics.com"),
        new("http://schemas.microsoft.com/xrm/2011/Claims/User", "ab7501c2-aa4e-ec11-8c62-000d3aba6cf0"),
        new("http://schemas.microsoft.com/xrm/2011/Claims/EntityLogicalName", "contact"),
        new("http://schemas.microsoft.com/xrm/2011/Claims/RequestName", "Update"),
    ];

    /// <summary>As the Sandbox's environment posts it.</summary>
    public static SandboxMessage Enqueued { get; } =
        new(new byte[BodyBytes], "application/json", _properties);

    /// <summary>As a client sends it.</summary>
    public static ServiceBusMessage ToSend()
    {
        var message = new ServiceBusMessage(Enqueued.Body) { ContentType = "application/json" };
        foreach (var (name, value) in _properties)
        {
            message.ApplicationProperties[name] = value;
        }

        return message;
    }
}

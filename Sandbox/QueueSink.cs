using System.Collections.Concurrent;
using System.Collections.Immutable;
using DataExport.ServiceBus;

namespace DataExport.Sandbox;

/// <summary>Enqueues notifications into queues, with the application properties that Dataverse sets.</summary>
internal sealed class QueueSink(ServiceBusNamespace bus) : INotificationSink
{
    // Shared by all messages alike: a change costs no property of its own.
    private readonly ConcurrentDictionary<(string, string, Guid, bool), KeyValuePair<string, object?>[]> _properties =
        new();

    private ImmutableArray<string> _queues = [];
    private long _lost;

    public long Lost => Interlocked.Read(ref _lost);

    public void Add(string queue) => ImmutableInterlocked.Update(
        ref _queues, queues => queues.Contains(queue, StringComparer.OrdinalIgnoreCase) ? queues : queues.Add(queue));

    public void Post(in Notification notification)
    {
        var message = new SandboxMessage(notification.Body, Notification.ContentType, PropertiesOf(notification));
        var all = _queues;
        if (notification.IsForAll)
        {
            foreach (var queue in all)
            {
                _ = TryEnqueue(queue, message);
            }
        }

        foreach (var route in notification.Routes)
        {
            // A queue that gets everything has it already, or had it with the body that all share.
            if (!all.Contains(route.Queue, StringComparer.OrdinalIgnoreCase)
                && FaultOf(route, message) is { } fault)
            {
                route.Registration.AddFailedJob(
                    route.StepId, $"{notification.MessageName} of {notification.Table}", fault);
            }
        }
    }

    /// <summary>Enqueues what a step posts. Returns why that could not be.</summary>
    private string? FaultOf(StepRoute route, in SandboxMessage message)
    {
        if (route.Port == bus.Port && route.TakesJson)
        {
            return TryEnqueue(route.Queue, message);
        }

        _ = Interlocked.Increment(ref _lost);
        return route.TakesJson
            ? "The endpoint's namespace cannot be reached."
            : "The sandbox posts JSON to queues and topics only.";
    }

    private string? TryEnqueue(string queue, in SandboxMessage message)
    {
        try
        {
            _ = bus.Enqueue(queue, message);
            return null;
        }
        catch (ServiceBusException refused) when (refused.Reason is ServiceBusFailureReason.QuotaExceeded
            or ServiceBusFailureReason.MessagingEntityNotFound)
        {
            // As Dataverse's system job fails, and the change feed brings the change later.
            _ = Interlocked.Increment(ref _lost);
            return refused.Message;
        }
    }

    private KeyValuePair<string, object?>[] PropertiesOf(in Notification notification)
    {
        var key = (notification.Table, notification.MessageName, notification.UserId, notification.IsTruncated);
        if (!_properties.TryGetValue(key, out var properties))
        {
            properties = Properties(notification);
            _ = _properties.TryAdd(key, properties);
        }

        return properties;
    }

    private static KeyValuePair<string, object?>[] Properties(in Notification notification)
    {
        var user = notification.UserId.ToString();
        KeyValuePair<string, object?>[] properties =
        [
            new(NotificationProperties.Organization, notification.Organization),
            new(NotificationProperties.User, user),
            new(NotificationProperties.InitiatingUser, user),
            new(NotificationProperties.InitiatingUserAgent, ""),
            new(NotificationProperties.EntityLogicalName, notification.Table),
            new(NotificationProperties.RequestName, notification.MessageName),
        ];
        return notification.IsTruncated
            ? [.. properties, new(NotificationProperties.MessageMaxSizeExceeded, true)]
            : properties;
    }
}

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
        foreach (var queue in _queues)
        {
            try
            {
                _ = bus.Enqueue(queue, message);
            }
            catch (ServiceBusException full) when (full.Reason is ServiceBusFailureReason.QuotaExceeded)
            {
                // Dataverse's system job would fail, too, and the change feed brings the change later.
                Interlocked.Increment(ref _lost);
            }
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

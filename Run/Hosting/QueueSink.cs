using DataExport.Sandbox;

namespace DataExport.Run.Hosting;

/// <summary>Posts the Sandbox's changes to queues, as a service endpoint of Dataverse would.</summary>
internal sealed class QueueSink(ServiceBusNamespace bus, IReadOnlyList<string> queues) : INotificationSink
{
    public void Post(in Notification notification) => Enqueue(MessageOf(notification));

    /// <summary>Puts a message into every queue.</summary>
    public void Enqueue(in SandboxMessage message)
    {
        for (var index = 0; index < queues.Count; index++)
        {
            _ = bus.Enqueue(queues[index], message);
        }
    }

    /// <summary>The message of a notification. Its body is the notification's own memory.</summary>
    public static SandboxMessage MessageOf(in Notification notification)
    {
        var properties = new List<KeyValuePair<string, object?>>(6)
        {
            new(NotificationProperties.Organization, notification.Organization),
            new(NotificationProperties.User, notification.UserId.ToString()),
            new(NotificationProperties.InitiatingUser, notification.UserId.ToString()),
            new(NotificationProperties.EntityLogicalName, notification.Table),
            new(NotificationProperties.RequestName, notification.MessageName),
        };
        if (notification.IsTruncated)
        {
            properties.Add(new(NotificationProperties.MessageMaxSizeExceeded, true));
        }

        return new SandboxMessage(notification.Body, Notification.ContentType, properties);
    }
}

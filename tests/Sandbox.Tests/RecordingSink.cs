using System.Text.Json;

namespace DataExport.Sandbox.Tests;

/// <summary>Keeps what was posted.</summary>
internal sealed class RecordingSink : INotificationSink
{
    private readonly List<PostedNotification> _posted = [];

    public IReadOnlyList<PostedNotification> Posted => _posted;

    public PostedNotification Last => _posted[^1];

    public void Post(in Notification notification)
    {
        lock (_posted)
        {
            _posted.Add(new PostedNotification(notification, notification.Body.ToArray()));
        }
    }
}

internal sealed record PostedNotification(Notification Envelope, byte[] Bytes)
{
    public JsonElement Body => JsonDocument.Parse(Bytes).RootElement;

    public JsonElement Target => Body.GetProperty("InputParameters")[0].GetProperty("value");

    public IReadOnlyDictionary<string, JsonElement> Attributes => Target
        .GetProperty(nameof(Attributes)).EnumerateArray()
        .ToDictionary(item => item.GetProperty("key").GetString()!, item => item.GetProperty("value"));
}

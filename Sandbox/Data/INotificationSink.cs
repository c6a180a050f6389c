namespace DataExport.Sandbox;

/// <summary>Where the sandbox posts what Dataverse would post to a service endpoint.</summary>
public interface INotificationSink
{
    /// <summary>
    /// Takes one notification. Called on the thread of the change, for one record in the order of its changes, for
    /// different records from several threads at once. Must not change the sandbox. Waiting here holds the change back.
    /// </summary>
    void Post(in Notification notification);
}

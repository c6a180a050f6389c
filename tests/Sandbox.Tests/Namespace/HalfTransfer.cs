using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox.Tests;

/// <summary>Breaks off in the middle of a delivery.</summary>
internal static class HalfTransfer
{
    /// <summary>Writes a first frame that says that more follow.</summary>
    public static void SendHalf(this AmqpSendingLink link, byte[] message)
    {
        var connection = link.Session.Connection;
        lock (connection.Gate)
        {
            link.Session.TryTakeWindow(1).ShouldBeTrue();
            var mark = link.Session.BeginFrame();
            new AmqpTransfer
            {
                Handle = link.Handle,
                DeliveryId = 0,
                Tag = "h"u8,
                HasMore = true,
            }.WriteFirst(connection.Output.Buffer);
            connection.Output.Buffer.WriteRaw(message);
            link.Session.EndFrame(mark);
        }
    }
}

using System.Text;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus.Tests;

/// <summary>Deliveries of several frames, in the hands of a test: begun, and later ended or aborted.</summary>
internal static class HalfDelivery
{
    /// <summary>A message that has nothing but a body.</summary>
    public static byte[] Message(string body)
    {
        var buffer = new AmqpBuffer();
        buffer.WriteDescriptor(AmqpDescriptor.Data);
        buffer.WriteBinary(Encoding.UTF8.GetBytes(body));
        return buffer.Span.ToArray();
    }

    public static void WriteFirst(AmqpBuffer buffer, uint handle, uint deliveryId, ReadOnlySpan<byte> payload)
    {
        new AmqpTransfer { Handle = handle, DeliveryId = deliveryId, Tag = new byte[16], HasMore = true }
            .WriteFirst(buffer);
        buffer.WriteRaw(payload);
    }

    public static void WriteLast(AmqpBuffer buffer, uint handle, ReadOnlySpan<byte> payload)
    {
        AmqpTransfer.WriteNext(buffer, handle, hasMore: false);
        buffer.WriteRaw(payload);
    }

    public static void WriteAbort(AmqpBuffer buffer, uint handle)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Transfer);
        var mark = buffer.BeginList();
        buffer.WriteUInt(handle);

        // From delivery-id to resume: what a frame after the first need not repeat.
        for (var field = 0; field < 8; field++)
        {
            buffer.WriteNull();
        }

        buffer.WriteBoolean(true);
        buffer.EndCompound(mark, 10);
    }

    /// <summary>Sends the first frame of a delivery, which takes one credit.</summary>
    public static void SendFirst(this AmqpSendingLink link, ReadOnlySpan<byte> payload)
    {
        var connection = link.Session.Connection;
        lock (connection.Gate)
        {
            // Sent whole, so that the link counts it, and then said in other words.
            var buffer = connection.Output.Buffer;
            var mark = buffer.Length;
            link.TrySend(new AmqpOutgoing { Tag = "t"u8 }, null, out var deliveryId).ShouldBe(AmqpSendResult.Sent);
            buffer.Truncate(mark);
            mark = link.Session.BeginFrame();
            WriteFirst(buffer, link.Handle, deliveryId, payload);
            link.Session.EndFrame(mark);
        }
    }

    /// <summary>Sends the delivery's last frame.</summary>
    public static void SendLast(this AmqpSendingLink link, byte[] payload) =>
        link.SendNext(buffer => WriteLast(buffer, link.Handle, payload));

    /// <summary>Breaks the delivery off.</summary>
    public static void SendAbort(this AmqpSendingLink link) =>
        link.SendNext(buffer => WriteAbort(buffer, link.Handle));

    private static void SendNext(this AmqpSendingLink link, Action<AmqpBuffer> write)
    {
        lock (link.Session.Connection.Gate)
        {
            link.Session.TryTakeWindow(1).ShouldBeTrue();
            var mark = link.Session.BeginFrame();
            write(link.Session.Connection.Output.Buffer);
            link.Session.EndFrame(mark);
        }
    }
}

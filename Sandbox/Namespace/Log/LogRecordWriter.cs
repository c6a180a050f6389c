using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>
/// Encodes records: length and CRC-32C of what follows, four bytes each, then the kind and its fields, all
/// little-endian.
/// </summary>
internal static class LogRecordWriter
{
    public const int HeadBytes = 8;
    public const int FormatVersion = 1;

    public static void WriteHead(AmqpBuffer buffer, long lastSequenceNumber)
    {
        var mark = Begin(buffer, LogRecordKind.Head);
        WriteInt(buffer, FormatVersion);
        WriteLong(buffer, lastSequenceNumber);
        End(buffer, mark);
    }

    /// <param name="buffer">Where to.</param>
    /// <param name="message">The message as it is now.</param>
    /// <param name="isDead">It lies in the dead-letter queue.</param>
    /// <param name="replacedNumber">The number under which it was known before; 0 for none other.</param>
    public static void WritePut(AmqpBuffer buffer, StoredMessage message, bool isDead, long replacedNumber)
    {
        var extras = message.Extras;
        var mark = Begin(buffer, LogRecordKind.Put);
        buffer.WriteByte((byte)((message.IsDeferred ? LogPutFlags.Deferred : 0)
            | (message.State == MessageState.Scheduled ? LogPutFlags.Scheduled : 0)
            | (isDead ? LogPutFlags.Dead : 0)
            | (extras is null ? 0 : LogPutFlags.Extras)));
        WriteLong(buffer, message.SequenceNumber);
        WriteLong(buffer, replacedNumber);
        WriteLong(buffer, message.EnqueuedMilliseconds);
        WriteLong(buffer, message.DueMilliseconds);
        WriteInt(buffer, message.DeliveryCount);
        if (extras is not null)
        {
            WriteExtras(buffer, extras);
        }

        WriteBytes(buffer, message.Bare.Span);
        End(buffer, mark);
    }

    public static void WriteRemove(AmqpBuffer buffer, long sequenceNumber)
    {
        var mark = Begin(buffer, LogRecordKind.Remove);
        WriteLong(buffer, sequenceNumber);
        End(buffer, mark);
    }

    public static void WriteCount(AmqpBuffer buffer, long sequenceNumber, int deliveryCount)
    {
        var mark = Begin(buffer, LogRecordKind.Count);
        WriteLong(buffer, sequenceNumber);
        WriteInt(buffer, deliveryCount);
        End(buffer, mark);
    }

    public static void WriteSessionState(AmqpBuffer buffer, string id, SessionStateRecord? state)
    {
        var mark = Begin(buffer, LogRecordKind.SessionState);
        WriteText(buffer, id);
        WriteLong(buffer, state?.SetMilliseconds ?? 0);
        buffer.WriteByte(state is null ? (byte)0 : (byte)1);
        WriteBytes(buffer, state is null ? default : state.State.Span);
        End(buffer, mark);
    }

    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var last in bytes)
        {
            crc = BitOperations.Crc32C(crc, last);
        }

        return ~crc;
    }

    private static void WriteExtras(AmqpBuffer buffer, MessageExtras extras)
    {
        WriteLong(buffer, extras.TimeToLiveMilliseconds ?? -1L);
        WriteLong(buffer, extras.ExpiresMilliseconds ?? long.MinValue);
        WriteLong(buffer, extras.ScheduledMilliseconds);
        WriteLong(buffer, extras.EnqueueSequenceNumber);
        WriteText(buffer, extras.SessionId);
        WriteText(buffer, extras.DeadLetterReason);
        WriteText(buffer, extras.DeadLetterDescription);
        WriteInt(buffer, extras.AnnotationCount);
        WriteBytes(buffer, extras.Annotations.Span);
    }

    private static int Begin(AmqpBuffer buffer, LogRecordKind kind)
    {
        var mark = buffer.Length;
        buffer.Reserve(HeadBytes);
        buffer.WriteByte((byte)kind);
        return mark;
    }

    private static void End(AmqpBuffer buffer, int mark)
    {
        var body = buffer.Span[(mark + HeadBytes)..];
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, body.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[sizeof(int)..], Checksum(body));
        buffer.Overwrite(mark, head);
    }

    private static void WriteInt(AmqpBuffer buffer, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(buffer.Reserve(sizeof(int)), value);

    private static void WriteLong(AmqpBuffer buffer, long value) =>
        BinaryPrimitives.WriteInt64LittleEndian(buffer.Reserve(sizeof(long)), value);

    private static void WriteBytes(AmqpBuffer buffer, ReadOnlySpan<byte> value)
    {
        WriteInt(buffer, value.Length);
        buffer.WriteRaw(value);
    }

    private static void WriteText(AmqpBuffer buffer, string? value)
    {
        if (value is null)
        {
            WriteInt(buffer, -1);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        WriteInt(buffer, length);
        Encoding.UTF8.GetBytes(value, buffer.Reserve(length));
    }
}

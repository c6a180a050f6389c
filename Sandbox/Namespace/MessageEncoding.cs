using System.Globalization;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>How messages lie in a queue and go out of it.</summary>
internal static class MessageEncoding
{
    [ThreadStatic]
    private static AmqpBuffer? t_scratch;

    /// <summary>
    /// Encodes what never changes again: properties, application properties, body. One array, one copy.
    /// </summary>
    public static byte[] EncodeBare(in SandboxMessage message, long sequenceNumber)
    {
        var buffer = Scratch();
        WriteProperties(buffer, message.MessageId ?? MakeMessageId(sequenceNumber), message.ContentType);
        if (message.ApplicationProperties is { Count: > 0 } properties)
        {
            buffer.WriteDescriptor(AmqpDescriptor.ApplicationProperties);
            AmqpMaps.WriteByName(buffer, properties);
        }

        buffer.WriteDescriptor(AmqpDescriptor.Data);
        buffer.WriteBinary(message.Body.Span);
        return buffer.Span.ToArray();
    }

    /// <summary>Writes what is new with every delivery: header and annotations.</summary>
    public static void WriteHead(AmqpBuffer buffer, StoredMessage message, bool isLocked)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Header);
        var header = buffer.BeginList();
        buffer.WriteNull();
        buffer.WriteNull();
        buffer.WriteObject(message.TimeToLiveMilliseconds);
        buffer.WriteNull();
        buffer.WriteUInt((uint)message.DeliveryCount);
        buffer.EndCompound(header, 5);

        buffer.WriteDescriptor(AmqpDescriptor.MessageAnnotations);
        var annotations = buffer.BeginMap();
        buffer.WriteSymbol("x-opt-sequence-number"u8);
        buffer.WriteLong(message.SequenceNumber);
        buffer.WriteSymbol("x-opt-enqueued-time"u8);
        buffer.WriteTimestamp(message.EnqueuedMilliseconds);
        if (isLocked)
        {
            buffer.WriteSymbol("x-opt-locked-until"u8);
            buffer.WriteTimestamp(message.LockedUntilMilliseconds);
        }

        buffer.WriteRaw(message.Annotations.Span);
        buffer.EndCompound(annotations, (isLocked ? 6 : 4) + message.AnnotationCount);
    }

    /// <summary>Takes a message in that a peer has sent.</summary>
    /// <exception cref="AmqpDecodeException">It is none.</exception>
    public static StoredMessage Receive(ReadOnlySpan<byte> encoded, long sequenceNumber, long enqueuedMilliseconds)
    {
        var sections = AmqpSections.Scan(encoded);
        var annotations = ReadAnnotations(sections.MessageAnnotations.Of(encoded), out var annotationCount);
        return new StoredMessage(WithMessageId(encoded, sections, sequenceNumber), sequenceNumber, enqueuedMilliseconds)
        {
            TimeToLiveMilliseconds = ReadTimeToLive(sections.Header.Of(encoded)),
            Annotations = annotations,
            AnnotationCount = annotationCount,
        };
    }

    /// <summary>
    /// The message as it lies in the dead-letter queue: the reason stands in its application properties.
    /// </summary>
    public static StoredMessage ToDeadLetter(StoredMessage message, string? reason, string? description)
    {
        var bare = message.Bare.Span;
        var sections = AmqpSections.Scan(bare);
        var properties = AmqpMaps.ReadByName(sections.ApplicationProperties.Of(bare));
        properties["DeadLetterReason"] = reason;
        properties["DeadLetterErrorDescription"] = description;
        var buffer = Scratch();
        WriteSection(buffer, AmqpDescriptor.Properties, sections.Properties.Of(bare));
        buffer.WriteDescriptor(AmqpDescriptor.ApplicationProperties);
        AmqpMaps.WriteByName(buffer, properties);
        CopyBody(buffer, bare);
        return new StoredMessage(buffer.Span.ToArray(), message.SequenceNumber, message.EnqueuedMilliseconds)
        {
            Annotations = message.Annotations,
            AnnotationCount = message.AnnotationCount,
            DeadLetterReason = reason,
            DeadLetterDescription = description,
            DeliveryCount = message.DeliveryCount,
        };
    }

    public static DeadLetter ToPublic(StoredMessage message)
    {
        var bare = message.Bare;
        var sections = AmqpSections.Scan(bare.Span);
        var fields = new AmqpReader(sections.Properties.Of(bare.Span)).ReadFields();
        var messageId = fields.Object()?.ToString() ?? "";
        for (var skipped = 0; skipped < 5; skipped++)
        {
            fields.Skip();
        }

        return new DeadLetter(
            messageId,
            message.SequenceNumber,
            message.DeadLetterReason,
            message.DeadLetterDescription,
            fields.Text(),
            bare.Slice(sections.Data.Start, sections.Data.Length));
    }

    private static AmqpBuffer Scratch()
    {
        var buffer = t_scratch ??= new AmqpBuffer(4096);
        buffer.Clear(256 * 1024);
        return buffer;
    }

    private static string MakeMessageId(long sequenceNumber) =>
        string.Create(CultureInfo.InvariantCulture, $"sandbox-{sequenceNumber}");

    private static void WriteProperties(AmqpBuffer buffer, string messageId, string? contentType)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Properties);
        var mark = buffer.BeginList();
        buffer.WriteString(messageId);
        if (contentType is null)
        {
            buffer.EndCompound(mark, 1);
            return;
        }

        for (var skipped = 0; skipped < 5; skipped++)
        {
            // user-id, to, subject, reply-to, correlation-id
            buffer.WriteNull();
        }

        buffer.WriteSymbol(contentType);
        buffer.EndCompound(mark, 7);
    }

    /// <summary>The service gives every message an id, and receivers rely on one.</summary>
    private static byte[] WithMessageId(ReadOnlySpan<byte> encoded, in AmqpSections sections, long sequenceNumber)
    {
        var bare = encoded[sections.BareStart..];
        if (sections.Properties.IsEmpty)
        {
            var buffer = Scratch();
            WriteProperties(buffer, MakeMessageId(sequenceNumber), null);
            buffer.WriteRaw(bare);
            return buffer.Span.ToArray();
        }

        var reader = new AmqpReader(sections.Properties.Of(encoded));
        var list = reader.ReadList();
        if (list.Count > 0 && !reader.TryReadNull())
        {
            return bare.ToArray();
        }

        var rewritten = Scratch();
        rewritten.WriteDescriptor(AmqpDescriptor.Properties);
        var mark = rewritten.BeginList();
        rewritten.WriteString(MakeMessageId(sequenceNumber));
        rewritten.WriteRaw(reader.Rest());
        rewritten.EndCompound(mark, Math.Max(1, list.Count));
        rewritten.WriteRaw(encoded[(sections.Properties.Start + sections.Properties.Length)..]);
        return rewritten.Span.ToArray();
    }

    private static byte[] ReadAnnotations(ReadOnlySpan<byte> encoded, out int count)
    {
        count = 0;
        if (encoded.IsEmpty)
        {
            return [];
        }

        var reader = new AmqpReader(encoded);
        count = reader.ReadMap().Count;
        return reader.Rest().ToArray();
    }

    private static uint? ReadTimeToLive(ReadOnlySpan<byte> header)
    {
        if (header.IsEmpty)
        {
            return null;
        }

        var fields = new AmqpReader(header).ReadFields();
        fields.Skip();
        fields.Skip();
        return fields.UIntOrNull();
    }

    private static void WriteSection(AmqpBuffer buffer, ulong descriptor, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
        {
            buffer.WriteDescriptor(descriptor);
            buffer.WriteRaw(value);
        }
    }

    private static void CopyBody(AmqpBuffer buffer, ReadOnlySpan<byte> bare)
    {
        var reader = new AmqpReader(bare);
        while (!reader.IsAtEnd)
        {
            var start = reader.Position;
            var descriptor = reader.ReadDescriptor();
            reader.Skip();
            if (descriptor is not (AmqpDescriptor.Properties or AmqpDescriptor.ApplicationProperties))
            {
                buffer.WriteRaw(reader.Slice(start, reader.Position));
            }
        }
    }
}

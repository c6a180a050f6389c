using System.Globalization;
using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>How messages lie in a queue and go out of it.</summary>
internal static class MessageEncoding
{
    private const int KeptBytes = 256 * 1024;

    [ThreadStatic]
    private static AmqpBuffer? t_scratch;

    /// <summary>Emptied, and this thread's until it asks again.</summary>
    public static AmqpBuffer Scratch()
    {
        var buffer = t_scratch ??= new AmqpBuffer(4096);
        buffer.Clear(KeptBytes);
        return buffer;
    }

    /// <summary>
    /// Encodes what never changes again: properties, application properties, body. One array, one copy.
    /// </summary>
    public static byte[] EncodeBare(in SandboxMessage message, long sequenceNumber)
    {
        var buffer = Scratch();
        WriteProperties(
            buffer, message.MessageId ?? MakeMessageId(sequenceNumber), message.ContentType, message.SessionId);
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
    /// <param name="buffer">Where to.</param>
    /// <param name="message">The message.</param>
    /// <param name="lockedUntilMilliseconds">0 for a message that is not locked.</param>
    public static void WriteHead(AmqpBuffer buffer, StoredMessage message, long lockedUntilMilliseconds)
    {
        var extras = message.Extras;
        buffer.WriteDescriptor(AmqpDescriptor.Header);
        var header = buffer.BeginList();
        buffer.WriteNull();
        buffer.WriteNull();
        WriteUIntOrNull(buffer, extras?.TimeToLiveMilliseconds);
        buffer.WriteNull();
        buffer.WriteUInt((uint)message.DeliveryCount);
        buffer.EndCompound(header, 5);

        buffer.WriteDescriptor(AmqpDescriptor.MessageAnnotations);
        var annotations = buffer.BeginMap();
        buffer.WriteSymbol("x-opt-sequence-number"u8);
        buffer.WriteLong(message.SequenceNumber);
        buffer.WriteSymbol("x-opt-enqueued-time"u8);
        buffer.WriteTimestamp(message.EnqueuedMilliseconds);
        var count = 4;
        if (lockedUntilMilliseconds > 0)
        {
            buffer.WriteSymbol("x-opt-locked-until"u8);
            buffer.WriteTimestamp(lockedUntilMilliseconds);
            count += 2;
        }

        if (extras is not null)
        {
            count += WriteExtras(buffer, extras);
        }

        count += WriteState(buffer, message);
        buffer.EndCompound(annotations, count);
    }

    /// <summary>The whole message, as an answer of $management carries it.</summary>
    public static byte[] EncodeWhole(StoredMessage message, long lockedUntilMilliseconds, bool omitsBody)
    {
        var buffer = Scratch();
        WriteHead(buffer, message, lockedUntilMilliseconds);
        if (omitsBody)
        {
            CopySections(buffer, message.Bare.Span, IsProperties);
        }
        else
        {
            buffer.WriteRaw(message.Bare.Span);
        }

        return buffer.Span.ToArray();
    }

    /// <summary>
    /// The message's bare part with application properties set. What is not named keeps every byte. Null removes
    /// nothing: it is a value.
    /// </summary>
    public static byte[] WithProperties(ReadOnlySpan<byte> bare, IReadOnlyDictionary<string, object?> changes)
    {
        var sections = AmqpSections.Scan(bare);
        var buffer = Scratch();
        if (!sections.Properties.IsEmpty)
        {
            buffer.WriteDescriptor(AmqpDescriptor.Properties);
            buffer.WriteRaw(sections.Properties.Of(bare));
        }

        buffer.WriteDescriptor(AmqpDescriptor.ApplicationProperties);
        var mark = buffer.BeginMap();
        var count = CopyEntries(buffer, sections.ApplicationProperties.Of(bare), changes);
        foreach (var (name, value) in changes)
        {
            buffer.WriteString(name);
            buffer.WriteObject(value);
            count += 2;
        }

        buffer.EndCompound(mark, count);
        CopySections(buffer, bare, descriptor => !IsProperties(descriptor));
        return buffer.Span.ToArray();
    }

    /// <summary>
    /// The message as it lies in the dead-letter queue: the reason stands in its application properties.
    /// </summary>
    public static StoredMessage ToDeadLetter(StoredMessage message, in Settlement settlement)
    {
        var changes = new Dictionary<string, object?>(settlement.Properties ?? []);
        if (settlement.Reason is not null)
        {
            changes["DeadLetterReason"] = settlement.Reason;
        }

        if (settlement.Description is not null)
        {
            changes["DeadLetterErrorDescription"] = settlement.Description;
        }

        return new StoredMessage(
            WithProperties(message.Bare.Span, changes), message.SequenceNumber, message.EnqueuedMilliseconds)
        {
            Extras = (message.Extras ?? new MessageExtras()) with
            {
                DeadLetterReason = settlement.Reason,
                DeadLetterDescription = settlement.Description,
            },
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
            message.Extras?.DeadLetterReason,
            message.Extras?.DeadLetterDescription,
            fields.Text(),
            bare.Slice(sections.Data.Start, sections.Data.Length));
    }

    public static string MakeMessageId(long sequenceNumber) =>
        string.Create(CultureInfo.InvariantCulture, $"sandbox-{sequenceNumber}");

    public static void WriteProperties(AmqpBuffer buffer, string messageId, string? contentType, string? sessionId)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Properties);
        var mark = buffer.BeginList();
        buffer.WriteString(messageId);
        if (contentType is null && sessionId is null)
        {
            buffer.EndCompound(mark, 1);
            return;
        }

        // user-id, to, subject, reply-to, correlation-id
        WriteNulls(buffer, 5);
        if (contentType is null)
        {
            buffer.WriteNull();
        }
        else
        {
            buffer.WriteSymbol(contentType);
        }

        if (sessionId is not null)
        {
            // content-encoding, absolute-expiry-time, creation-time
            WriteNulls(buffer, 3);
            buffer.WriteString(sessionId);
        }

        buffer.EndCompound(mark, sessionId is null ? 7 : 11);
    }

    private static void WriteNulls(AmqpBuffer buffer, int count)
    {
        for (var written = 0; written < count; written++)
        {
            buffer.WriteNull();
        }
    }

    private static void WriteUIntOrNull(AmqpBuffer buffer, uint? value)
    {
        if (value is { } number)
        {
            buffer.WriteUInt(number);
        }
        else
        {
            buffer.WriteNull();
        }
    }

    private static int WriteExtras(AmqpBuffer buffer, MessageExtras extras)
    {
        buffer.WriteRaw(extras.Annotations.Span);
        if (extras.EnqueueSequenceNumber == 0)
        {
            return extras.AnnotationCount;
        }

        buffer.WriteSymbol("x-opt-enqueue-sequence-number"u8);
        buffer.WriteLong(extras.EnqueueSequenceNumber);
        return extras.AnnotationCount + 2;
    }

    /// <summary>An active message says nothing: that is what receivers take for granted.</summary>
    private static int WriteState(AmqpBuffer buffer, StoredMessage message)
    {
        const int deferred = 1;
        const int scheduled = 2;
        if (!message.IsDeferred && message.State != MessageState.Scheduled)
        {
            return 0;
        }

        buffer.WriteSymbol("x-opt-message-state"u8);
        buffer.WriteInt(message.IsDeferred ? deferred : scheduled);
        return 2;
    }

    private static bool IsProperties(ulong descriptor) =>
        descriptor is AmqpDescriptor.Properties or AmqpDescriptor.ApplicationProperties;

    private static int CopyEntries(
        AmqpBuffer buffer, ReadOnlySpan<byte> map, IReadOnlyDictionary<string, object?> without)
    {
        if (map.IsEmpty)
        {
            return 0;
        }

        var reader = new AmqpReader(map);
        var entries = reader.ReadMap().Count;
        var copied = 0;
        for (var index = 0; index < entries; index += 2)
        {
            var start = reader.Position;
            var name = reader.ReadString();
            reader.Skip();
            if (!without.ContainsKey(name))
            {
                buffer.WriteRaw(reader.Slice(start, reader.Position));
                copied += 2;
            }
        }

        return copied;
    }

    private static void CopySections(AmqpBuffer buffer, ReadOnlySpan<byte> bare, Predicate<ulong> isCopied)
    {
        var reader = new AmqpReader(bare);
        while (!reader.IsAtEnd)
        {
            var start = reader.Position;
            var descriptor = reader.ReadDescriptor();
            reader.Skip();
            if (isCopied(descriptor))
            {
                buffer.WriteRaw(reader.Slice(start, reader.Position));
            }
        }
    }
}

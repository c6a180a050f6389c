using DataExport.ServiceBus.Amqp;

namespace DataExport.Sandbox;

/// <summary>Takes messages in as peers have encoded them.</summary>
internal static class MessageIntake
{
    /// <summary>Those that the broker alone says. A receiver that sends a message on may leave them in.</summary>
    private static readonly HashSet<string> _brokersAnnotations =
    [
        "x-opt-sequence-number", "x-opt-enqueued-time", "x-opt-locked-until", "x-opt-enqueue-sequence-number",
        "x-opt-message-state", "x-opt-deadletter-source", "x-opt-lock-token",
    ];

    private static readonly MessageExtras _none = new();
    private static readonly long _timeMax = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <exception cref="AmqpDecodeException">It is no message.</exception>
    public static StoredMessage Read(ReadOnlySpan<byte> encoded, long sequenceNumber, long enqueuedMilliseconds)
    {
        var sections = AmqpSections.Scan(encoded);
        var extras = ReadExtras(encoded, sections);
        Check(sections.ApplicationProperties.Of(encoded));
        return new StoredMessage(WithMessageId(encoded, sections, sequenceNumber), sequenceNumber, enqueuedMilliseconds)
        {
            Extras = extras,
        };
    }

    /// <summary>What a message of this process has that few have, or null.</summary>
    public static MessageExtras? ExtrasOf(in SandboxMessage message) =>
        message.SessionId is null && message.TimeToLive is null && message.ScheduledEnqueueTime is null
            ? null
            : new MessageExtras
            {
                SessionId = message.SessionId,
                TimeToLiveMilliseconds = message.TimeToLive is { } life
                    ? (uint)Math.Clamp(life.TotalMilliseconds, 0, uint.MaxValue)
                    : null,
                ScheduledMilliseconds = message.ScheduledEnqueueTime?.ToUnixTimeMilliseconds() ?? 0,
            };

    private static MessageExtras? ReadExtras(ReadOnlySpan<byte> encoded, in AmqpSections sections)
    {
        var extras = new MessageExtras { TimeToLiveMilliseconds = ReadTimeToLive(sections.Header.Of(encoded)) };
        extras = ReadProperties(sections.Properties.Of(encoded), extras);
        extras = ReadAnnotations(sections.MessageAnnotations.Of(encoded), extras);
        return extras == _none ? null : extras;
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

    private static MessageExtras ReadProperties(ReadOnlySpan<byte> properties, MessageExtras extras)
    {
        // message-id, user-id, to, subject, reply-to, correlation-id, content-type, content-encoding
        const int beforeExpiry = 8;
        if (properties.IsEmpty)
        {
            return extras;
        }

        var fields = new AmqpReader(properties).ReadFields();
        for (var skipped = 0; skipped < beforeExpiry; skipped++)
        {
            fields.Skip();
        }

        var expires = fields.TimestampOrNull();
        fields.Skip();
        var sessionId = fields.Text();
        return expires is null && sessionId is null
            ? extras
            : extras with
            {
                ExpiresMilliseconds = expires is { } time ? Clamp(time) : null, SessionId = sessionId,
            };
    }

    private static MessageExtras ReadAnnotations(ReadOnlySpan<byte> encoded, MessageExtras extras)
    {
        if (encoded.IsEmpty)
        {
            return extras;
        }

        var kept = new AmqpBuffer(encoded.Length);
        var count = 0;
        var scheduled = 0L;
        var reader = new AmqpReader(encoded);
        var entries = reader.ReadMap().Count;
        for (var index = 0; index < entries; index += 2)
        {
            var start = reader.Position;
            var name = ReadName(ref reader);
            if (name == "x-opt-scheduled-enqueue-time" && reader.PeekCode() == AmqpCode.Timestamp)
            {
                scheduled = Clamp(reader.ReadTimestamp());
            }
            else
            {
                reader.Skip();
            }

            if (!_brokersAnnotations.Contains(name))
            {
                kept.WriteRaw(reader.Slice(start, reader.Position));
                count += 2;
            }
        }

        return count == 0
            ? extras
            : extras with
            {
                Annotations = kept.Span.ToArray(), AnnotationCount = count, ScheduledMilliseconds = scheduled,
            };
    }

    /// <summary>A moment that can be reckoned with: a peer can write any.</summary>
    private static long Clamp(long milliseconds) => Math.Clamp(milliseconds, 0, _timeMax);

    /// <summary>The name of an annotation; empty for a key that is a number, which nobody here knows.</summary>
    private static string ReadName(ref AmqpReader reader)
    {
        if (reader.PeekCode() is AmqpCode.Symbol8 or AmqpCode.Symbol32 or AmqpCode.String8 or AmqpCode.String32)
        {
            return reader.ReadString();
        }

        reader.Skip();
        return "";
    }

    /// <summary>
    /// Entries are copied one by one when properties are modified: they must be well-formed from the start.
    /// </summary>
    private static void Check(ReadOnlySpan<byte> applicationProperties)
    {
        if (applicationProperties.IsEmpty)
        {
            return;
        }

        var reader = new AmqpReader(applicationProperties);
        var entries = reader.ReadMap().Count;
        for (var index = 0; index < entries; index += 2)
        {
            reader.ReadText();
            reader.Skip();
        }
    }

    /// <summary>The service gives every message an id, and receivers rely on one.</summary>
    private static byte[] WithMessageId(ReadOnlySpan<byte> encoded, in AmqpSections sections, long sequenceNumber)
    {
        var bare = encoded[sections.BareStart..];
        if (sections.Properties.IsEmpty)
        {
            var buffer = MessageEncoding.Scratch();
            MessageEncoding.WriteProperties(buffer, MessageEncoding.MakeMessageId(sequenceNumber), null, null);
            buffer.WriteRaw(bare);
            return buffer.Span.ToArray();
        }

        var reader = new AmqpReader(sections.Properties.Of(encoded));
        var list = reader.ReadList();
        if (list.Count > 0 && !reader.TryReadNull())
        {
            return bare.ToArray();
        }

        var rewritten = MessageEncoding.Scratch();
        rewritten.WriteDescriptor(AmqpDescriptor.Properties);
        var mark = rewritten.BeginList();
        rewritten.WriteString(MessageEncoding.MakeMessageId(sequenceNumber));
        rewritten.WriteRaw(reader.Rest());
        rewritten.EndCompound(mark, Math.Max(1, list.Count));
        rewritten.WriteRaw(encoded[(sections.Properties.Start + sections.Properties.Length)..]);
        return rewritten.Span.ToArray();
    }
}

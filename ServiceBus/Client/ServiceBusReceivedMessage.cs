using System.Text;
using DataExport.ServiceBus.Amqp;

namespace DataExport.ServiceBus;

/// <summary>A message under lock.</summary>
/// <remarks>
/// The message owns one array that holds it as it was encoded; <see cref="Body"/> is a slice of that array. Nothing has
/// to be released: what is no longer referenced is collected. Who is done with the body long before the message is
/// settled can give the array to the next message by <see cref="ReleaseBody"/>. Text and application properties are
/// decoded when they are asked for.
/// </remarks>
public sealed class ServiceBusReceivedMessage
{
    private readonly MessageBuffers _buffers;
    private byte[] _encoded;
    private readonly AmqpSpan _properties;
    private readonly AmqpSpan _applicationProperties;
    private long _lockedUntilTicks;
    private string? _messageId;
    private string? _contentType;
    private bool _hasText;
    private Dictionary<string, object?>? _decodedProperties;

    /// <param name="link">Where it came from, which settles it.</param>
    /// <param name="deliveryId">Its number there.</param>
    /// <param name="tag">The delivery's tag, which is the lock token in .NET's byte order.</param>
    /// <param name="encoded">The message, copied.</param>
    /// <param name="buffers">Where the copy's buffer comes from.</param>
    /// <exception cref="AmqpDecodeException">This is no message.</exception>
    internal ServiceBusReceivedMessage(
        AmqpReceivingLink link, uint deliveryId, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> encoded,
        MessageBuffers buffers)
    {
        Link = link;
        DeliveryId = deliveryId;
        LockToken = tag.Length == 16 ? new Guid(tag) : Guid.Empty;
        _buffers = buffers;
        EncodedBytes = encoded.Length;
        _encoded = buffers.Rent(encoded.Length);
        encoded.CopyTo(_encoded);
        var sections = AmqpSections.Scan(encoded);
        _properties = sections.Properties;
        _applicationProperties = sections.ApplicationProperties;
        Body = ReadBody(sections, encoded);
        BodyBytes = Body.Length;
        DeliveryCount = ReadDeliveryCount(sections.Header) + 1;
        ReadAnnotations(sections.MessageAnnotations);
    }

    /// <summary>
    /// The body: the data section, or several joined. Valid until <see cref="ReleaseBody"/>, empty from then on.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Length of the body, also of one that was released.</summary>
    public int BodyBytes { get; }

    /// <summary>Identifier by the sender or the service; never null, empty if the broker gave none.</summary>
    public string MessageId
    {
        get
        {
            ReadText();
            return _messageId ?? "";
        }
    }

    public string? ContentType
    {
        get
        {
            ReadText();
            return _contentType;
        }
    }

    /// <summary>How often the message was handed out, this time included: 1 at first.</summary>
    public int DeliveryCount { get; }

    public Guid LockToken { get; }

    /// <summary>UTC. <see cref="ServiceBusReceiver.RenewLockAsync"/> moves it.</summary>
    public DateTimeOffset LockedUntil
    {
        get => new(Volatile.Read(ref _lockedUntilTicks), TimeSpan.Zero);
        internal set => Volatile.Write(ref _lockedUntilTicks, value.UtcTicks);
    }

    public long SequenceNumber { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset EnqueuedTime { get; private set; }

    /// <summary>Decoded on first use.</summary>
    public IReadOnlyDictionary<string, object?> ApplicationProperties =>
        _decodedProperties ??= AmqpMaps.ReadByName(_applicationProperties.Of(Encoded));

    /// <summary>
    /// Whether these bytes stand anywhere among the encoded application properties: a look that allocates nothing and
    /// that only a true answer of makes worth decoding them.
    /// </summary>
    public bool MayHaveApplicationProperty(ReadOnlySpan<byte> utf8Name) =>
        !_applicationProperties.IsEmpty && _applicationProperties.Of(Encoded).IndexOf(utf8Name) >= 0;

    /// <summary>Length of the whole message as it came over the wire.</summary>
    public int EncodedBytes { get; }

    internal AmqpReceivingLink Link { get; }

    internal uint DeliveryId { get; }

    /// <summary>
    /// Gives the body's memory to the next message. Nobody may still hold <see cref="Body"/>, and of the rest only what
    /// is no text can be asked for. The message can be settled as before.
    /// </summary>
    public void ReleaseBody()
    {
        var encoded = Interlocked.Exchange(ref _encoded, []);
        Body = default;
        if (encoded.Length > 0)
        {
            _buffers.Return(encoded);
        }
    }

    private byte[] Encoded => _encoded is { Length: > 0 } encoded
        ? encoded
        : throw new InvalidOperationException("The message's body was released, and its properties with it.");

    private ReadOnlyMemory<byte> ReadBody(in AmqpSections sections, ReadOnlySpan<byte> encoded)
    {
        if (sections.DataCount <= 1)
        {
            return _encoded.AsMemory(sections.Data.Start, sections.Data.Length);
        }

        // Nobody was seen to send several; the protocol allows it.
        var joined = new AmqpBuffer(encoded.Length);
        var reader = new AmqpReader(encoded);
        while (!reader.IsAtEnd)
        {
            if (reader.ReadDescriptor() == AmqpDescriptor.Data)
            {
                joined.WriteRaw(reader.ReadBinary());
            }
            else
            {
                reader.Skip();
            }
        }

        return joined.Memory;
    }

    private int ReadDeliveryCount(AmqpSpan header)
    {
        if (header.IsEmpty)
        {
            return 0;
        }

        var reader = new AmqpReader(header.Of(_encoded));
        var fields = reader.ReadFields();
        for (var skipped = 0; skipped < 4; skipped++)
        {
            // durable, priority, ttl, first-acquirer
            fields.Skip();
        }

        return (int)Math.Min(fields.UInt(), int.MaxValue - 1);
    }

    private void ReadAnnotations(AmqpSpan annotations)
    {
        if (annotations.IsEmpty)
        {
            return;
        }

        var reader = new AmqpReader(annotations.Of(_encoded));
        var map = reader.ReadMap();
        for (var index = 0; index < map.Count; index += 2)
        {
            if (reader.PeekCode() is not (AmqpCode.Symbol8 or AmqpCode.Symbol32 or AmqpCode.String8))
            {
                reader.Skip();
                reader.Skip();
                continue;
            }

            ReadAnnotation(reader.ReadText(), ref reader);
        }
    }

    private void ReadAnnotation(ReadOnlySpan<byte> name, ref AmqpReader reader)
    {
        if (name.SequenceEqual("x-opt-sequence-number"u8))
        {
            SequenceNumber = reader.ReadInteger();
        }
        else if (name.SequenceEqual("x-opt-enqueued-time"u8))
        {
            EnqueuedTime = AmqpReader.ToTime(reader.ReadTimestamp());
        }
        else if (name.SequenceEqual("x-opt-locked-until"u8))
        {
            LockedUntil = AmqpReader.ToTime(reader.ReadTimestamp());
        }
        else
        {
            reader.Skip();
        }
    }

    private void ReadText()
    {
        if (_hasText || _properties.IsEmpty)
        {
            return;
        }

        var reader = new AmqpReader(_properties.Of(Encoded));
        var fields = reader.ReadFields();
        _messageId = fields.Object() switch
        {
            byte[] binary => Convert.ToHexStringLower(binary),
            var id => id?.ToString(),
        };
        for (var skipped = 0; skipped < 5; skipped++)
        {
            // user-id, to, subject, reply-to, correlation-id
            fields.Skip();
        }

        _contentType = KnownContentType(fields.Raw());
        _hasText = true;
    }

    /// <summary>The few types that are common are the same string for every message.</summary>
    private static string? KnownContentType(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty)
        {
            return null;
        }

        var text = new AmqpReader(encoded).ReadText();
        return text switch
        {
            _ when text.SequenceEqual("application/json"u8) => "application/json",
            _ when text.SequenceEqual("application/msbin1"u8) => "application/msbin1",
            _ when text.SequenceEqual("application/xml"u8) => "application/xml",
            _ => Encoding.UTF8.GetString(text),
        };
    }
}

namespace DataExport.ServiceBus.Amqp;

/// <summary>Source or target of a link.</summary>
/// <param name="Descriptor">Source, target or coordinator.</param>
/// <param name="Address">The node, or null for one that is made up or none.</param>
internal sealed record AmqpTerminus(ulong Descriptor, string? Address)
{
    /// <summary>As it came: an answer repeats it, filters and all, without loss.</summary>
    public ReadOnlyMemory<byte> Encoded { get; init; }

    public static AmqpTerminus Source(string? address) => new(AmqpDescriptor.Source, address);

    public static AmqpTerminus Target(string? address) => new(AmqpDescriptor.Target, address);

    public static AmqpTerminus? Read(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IsEmpty)
        {
            return null;
        }

        var reader = new AmqpReader(encoded);
        var descriptor = reader.ReadDescriptor();
        var fields = reader.ReadFields();
        var address = descriptor == AmqpDescriptor.Coordinator ? null : fields.Object()?.ToString();
        return new AmqpTerminus(descriptor, address) { Encoded = encoded.ToArray() };
    }

    public static void Write(AmqpBuffer buffer, AmqpTerminus? terminus)
    {
        if (terminus is null)
        {
            buffer.WriteNull();
        }
        else if (!terminus.Encoded.IsEmpty)
        {
            buffer.WriteRaw(terminus.Encoded.Span);
        }
        else
        {
            buffer.WriteDescriptor(terminus.Descriptor);
            var mark = buffer.BeginList();
            buffer.WriteStringOrNull(terminus.Address);
            buffer.EndCompound(mark, 1);
        }
    }
}

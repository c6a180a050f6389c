namespace DataExport.ServiceBus.Amqp;

/// <summary>Source or target of a link.</summary>
/// <param name="Descriptor">Source, target or coordinator.</param>
/// <param name="Address">The node, or null for one that is made up or none.</param>
internal sealed record AmqpTerminus(ulong Descriptor, string? Address)
{
    /// <summary>
    /// Address, durable, expiry-policy, timeout, dynamic, dynamic-node-properties, distribution-mode.
    /// </summary>
    private const int FieldsBeforeFilters = 7;

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

    /// <summary>The filters of a source by name, or null.</summary>
    /// <exception cref="AmqpDecodeException">It is encoded wrongly.</exception>
    public Dictionary<string, object?>? ReadFilters()
    {
        if (Encoded.IsEmpty || Descriptor != AmqpDescriptor.Source)
        {
            return null;
        }

        var reader = new AmqpReader(Encoded.Span);
        reader.ReadDescriptor();
        var fields = reader.ReadFields();
        for (var skipped = 0; skipped < FieldsBeforeFilters; skipped++)
        {
            fields.Skip();
        }

        return AmqpMaps.ByName(fields.Map());
    }

    /// <summary>A source with one filter and nothing else said.</summary>
    public static AmqpTerminus FilteredSource(string? address, string filter, object? value)
    {
        var buffer = new AmqpBuffer();
        buffer.WriteDescriptor(AmqpDescriptor.Source);
        var mark = buffer.BeginList();
        buffer.WriteStringOrNull(address);
        for (var skipped = 1; skipped < FieldsBeforeFilters; skipped++)
        {
            buffer.WriteNull();
        }

        var filters = buffer.BeginMap();
        buffer.WriteSymbol(filter);
        buffer.WriteObject(value);
        buffer.EndCompound(filters, 2);
        buffer.EndCompound(mark, FieldsBeforeFilters + 1);
        return Source(address) with { Encoded = buffer.Span.ToArray() };
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

namespace DataExport.ServiceBus.Amqp;

/// <summary>
/// Where the sections of an encoded message lie. Found by one pass over their heads; nothing is decoded.
/// </summary>
internal readonly struct AmqpSections
{
    /// <summary>Value of the header, without its descriptor; so are the others.</summary>
    public AmqpSpan Header { get; private init; }

    public AmqpSpan MessageAnnotations { get; private init; }

    public AmqpSpan Properties { get; private init; }

    public AmqpSpan ApplicationProperties { get; private init; }

    /// <summary>Content of the first data section.</summary>
    public AmqpSpan Data { get; private init; }

    public int DataCount { get; private init; }

    /// <summary>The body when it is one value, as in requests and answers.</summary>
    public AmqpSpan Value { get; private init; }

    /// <summary>From here on nobody between sender and receiver may change a byte: properties, body.</summary>
    public int BareStart { get; private init; }

    /// <exception cref="AmqpDecodeException">This is no message.</exception>
    public static AmqpSections Scan(ReadOnlySpan<byte> message)
    {
        var reader = new AmqpReader(message);
        var sections = new AmqpSections { BareStart = -1 };
        while (!reader.IsAtEnd)
        {
            var start = reader.Position;
            var descriptor = reader.ReadDescriptor();
            var valueStart = reader.Position;
            if (descriptor == AmqpDescriptor.Data)
            {
                var data = reader.ReadBinary();
                sections = sections.WithData(new AmqpSpan(reader.Position - data.Length, data.Length));
            }
            else
            {
                reader.Skip();
                sections = sections.With(descriptor, new AmqpSpan(valueStart, reader.Position - valueStart));
            }

            sections = sections.WithBare(descriptor, start);
        }

        return sections.BareStart < 0 ? sections with { BareStart = message.Length } : sections;
    }

    private AmqpSections WithData(AmqpSpan data) =>
        DataCount == 0 ? this with { Data = data, DataCount = 1 } : this with { DataCount = DataCount + 1 };

    private AmqpSections With(ulong descriptor, AmqpSpan value) => descriptor switch
    {
        AmqpDescriptor.Header => this with { Header = value },
        AmqpDescriptor.MessageAnnotations => this with { MessageAnnotations = value },
        AmqpDescriptor.Properties => this with { Properties = value },
        AmqpDescriptor.ApplicationProperties => this with { ApplicationProperties = value },
        AmqpDescriptor.Value => this with { Value = value },
        _ => this,
    };

    private AmqpSections WithBare(ulong descriptor, int start)
    {
        var isBare = descriptor is not (AmqpDescriptor.Header
            or AmqpDescriptor.DeliveryAnnotations
            or AmqpDescriptor.MessageAnnotations);
        return isBare && BareStart < 0 ? this with { BareStart = start } : this;
    }
}

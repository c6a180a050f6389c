namespace DataExport.ServiceBus.Amqp;

/// <summary>The frames that end a link, a session and a connection.</summary>
internal static class AmqpEnding
{
    /// <summary>Reads detach and returns its handle.</summary>
    public static uint ReadDetach(ref AmqpReader reader, out bool isClosed, out AmqpError? error)
    {
        var fields = reader.ReadFields();
        var handle = fields.RequiredUInt("handle");
        isClosed = fields.Boolean();
        error = fields.Error();
        return handle;
    }

    public static void WriteDetach(AmqpBuffer buffer, uint handle, AmqpError? error)
    {
        buffer.WriteDescriptor(AmqpDescriptor.Detach);
        var mark = buffer.BeginList();
        buffer.WriteUInt(handle);
        buffer.WriteBoolean(true);
        error?.Write(buffer);
        buffer.EndCompound(mark, error is null ? 2 : 3);
    }

    /// <summary>Reads the one field of end and close.</summary>
    public static AmqpError? ReadError(ref AmqpReader reader)
    {
        var fields = reader.ReadFields();
        return fields.Error();
    }

    /// <param name="buffer">Where to.</param>
    /// <param name="descriptor">End or close.</param>
    /// <param name="error">Why, or null.</param>
    public static void WriteEnd(AmqpBuffer buffer, ulong descriptor, AmqpError? error)
    {
        buffer.WriteDescriptor(descriptor);
        var mark = buffer.BeginList();
        error?.Write(buffer);
        buffer.EndCompound(mark, error is null ? 0 : 1);
    }
}

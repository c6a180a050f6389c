namespace DataExport.ServiceBus.Amqp;

/// <summary>A link, session or connection was refused or ended with an AMQP error.</summary>
internal sealed class AmqpProtocolException(AmqpError error, Exception? inner = null)
    : Exception(error.ToString(), inner)
{
    public AmqpProtocolException(string condition, string description)
        : this(new AmqpError(condition, description))
    {
    }

    public AmqpError Error { get; } = error;
}

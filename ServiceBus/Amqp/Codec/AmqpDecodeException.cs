using System.Globalization;

namespace DataExport.ServiceBus.Amqp;

/// <summary>Bytes that are no AMQP. <see cref="Position"/> counts from the start of what was decoded.</summary>
public sealed class AmqpDecodeException : Exception
{
    public AmqpDecodeException()
    {
    }

    public AmqpDecodeException(string message)
        : base(message)
    {
    }

    public AmqpDecodeException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    public AmqpDecodeException(int position, string message)
        : base(string.Create(CultureInfo.InvariantCulture, $"{message} (at byte {position})")) => Position = position;

    /// <summary>Byte offset of the value that could not be read.</summary>
    public int Position { get; }
}

namespace DataExport.ServiceBus.Amqp;

/// <summary>A delivery whose frames are still coming in. Only the connection's reader uses it.</summary>
internal sealed class AmqpPartialDelivery(in AmqpTransfer first, ulong bytesMax)
{
    private const int FirstBytes = 128 * 1024;

    private readonly uint _deliveryId = first.DeliveryId.GetValueOrDefault();
    private readonly byte[] _tag = first.Tag.ToArray();
    private readonly uint _messageFormat = first.MessageFormat;
    private readonly AmqpBuffer _payload = new(FirstBytes);
    private bool _isSettled;
    private bool _isTooLarge;

    /// <summary>Adds a frame. Of a delivery that is too large nothing is kept: the rest of it passes by.</summary>
    public void Add(in AmqpTransfer transfer, ReadOnlySpan<byte> payload)
    {
        _isSettled |= transfer.IsSettled;
        _isTooLarge |= bytesMax > 0 && (ulong)_payload.Length + (ulong)payload.Length > bytesMax;
        if (_isTooLarge)
        {
            _payload.Clear(keepBytes: 0);
        }
        else
        {
            _payload.WriteRaw(payload);
        }
    }

    public AmqpDelivery ToDelivery() => new()
    {
        DeliveryId = _deliveryId,
        Tag = _tag,
        MessageFormat = _messageFormat,
        IsSettled = _isSettled,
        IsTooLarge = _isTooLarge,
        Payload = _payload.Span,
    };
}

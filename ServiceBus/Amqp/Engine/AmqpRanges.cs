namespace DataExport.ServiceBus.Amqp;

/// <summary>
/// Delivery ids that are settled alike and not told yet, as ranges. Deliveries end in any order; sorted at the last
/// moment, most of them lie side by side, and one frame tells of hundreds.
/// </summary>
internal sealed class AmqpRanges(bool isReceiver, bool isSettled)
{
    private readonly List<(uint First, uint Last)> _ranges = [];

    public bool IsEmpty => _ranges.Count == 0;

    public void Add(uint deliveryId)
    {
        var last = _ranges.Count - 1;
        if (last >= 0 && _ranges[last].Last + 1 == deliveryId)
        {
            _ranges[last] = (_ranges[last].First, deliveryId);
        }
        else
        {
            _ranges.Add((deliveryId, deliveryId));
        }
    }

    /// <summary>Writes one accepting disposition a range, each a frame of its own, and forgets them.</summary>
    public void WriteAccepted(AmqpBuffer buffer, ushort channel)
    {
        if (_ranges.Count > 1)
        {
            // Ids wrap around (RFC 1982), so they are compared by their distance.
            _ranges.Sort(static (left, right) => unchecked((int)(left.First - right.First)));
        }

        var (first, last) = _ranges[0];
        for (var index = 1; index < _ranges.Count; index++)
        {
            var next = _ranges[index];
            if (next.First == last + 1)
            {
                last = next.Last;
                continue;
            }

            Write(buffer, channel, first, last);
            (first, last) = next;
        }

        Write(buffer, channel, first, last);
        _ranges.Clear();
    }

    private void Write(AmqpBuffer buffer, ushort channel, uint first, uint last)
    {
        var mark = buffer.BeginFrame(AmqpFrame.AmqpType, channel);
        new AmqpDisposition
        {
            IsReceiver = isReceiver,
            First = first,
            Last = last,
            IsSettled = isSettled,
            Outcome = AmqpOutcome.Accepted,
        }.Write(buffer);
        buffer.EndFrame(mark);
    }
}

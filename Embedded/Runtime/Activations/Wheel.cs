namespace Orleans.Runtime;

/// <summary>An activation's place in a wheel.</summary>
internal sealed class WheelNode(Activation? activation)
{
    /// <summary>Null in the head of a spoke.</summary>
    public Activation? Activation { get; } = activation;

    public WheelNode? Previous { get; set; }

    public WheelNode? Next { get; set; }

    /// <summary>The spoke that the node hangs on, or -1.</summary>
    public long Spoke { get; set; } = -1;

    public bool IsWatched => Spoke >= 0;
}

/// <summary>
/// Activations by the time at which they have to be looked at. Adding and removing cost the same however many there
/// are, and a look costs nothing for those that are not due.
/// </summary>
/// <param name="spokeTicks">The time between two spokes: how late a look may come.</param>
internal sealed class Wheel(long spokeTicks)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, WheelNode> _spokes = [];
    private readonly PriorityQueue<long, long> _order = new();

    /// <summary>Sees to it that the node is looked at by <paramref name="due"/>; an earlier time stands.</summary>
    public void Add(WheelNode node, long due)
    {
        var spoke = (due / spokeTicks) + 1;
        lock (_gate)
        {
            if (node.IsWatched)
            {
                if (node.Spoke <= spoke)
                {
                    return;
                }

                Unlink(node);
            }

            Link(node, spoke);
        }
    }

    public void Remove(WheelNode node)
    {
        lock (_gate)
        {
            if (node.IsWatched)
            {
                Unlink(node);
            }
        }
    }

    /// <summary>Takes one node out whose time has come.</summary>
    public WheelNode? TakeDue(long now)
    {
        lock (_gate)
        {
            while (_order.TryPeek(out var spoke, out _) && spoke * spokeTicks <= now)
            {
                if (_spokes.TryGetValue(spoke, out var head) && head.Next is { } node)
                {
                    Unlink(node);
                    return node;
                }

                _order.Dequeue();
                _spokes.Remove(spoke);
            }

            return null;
        }
    }

    private void Link(WheelNode node, long spoke)
    {
        if (!_spokes.TryGetValue(spoke, out var head))
        {
            head = new WheelNode(activation: null);
            _spokes.Add(spoke, head);
            _order.Enqueue(spoke, spoke);
        }

        node.Spoke = spoke;
        node.Previous = head;
        node.Next = head.Next;
        head.Next?.Previous = node;
        head.Next = node;
    }

    private static void Unlink(WheelNode node)
    {
        node.Previous!.Next = node.Next;
        node.Next?.Previous = node.Previous;
        node.Previous = null;
        node.Next = null;
        node.Spoke = -1;
    }
}

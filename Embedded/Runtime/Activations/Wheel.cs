namespace Orleans.Runtime;

/// <summary>An activation's place in a wheel.</summary>
internal sealed class WheelNode(Activation? activation)
{
    /// <summary>Null in the head of a spoke.</summary>
    public Activation? Activation { get; } = activation;

    public WheelNode? Previous { get; set; }

    public WheelNode? Next { get; set; }

    /// <summary>The time by which the node is looked at, or <see cref="long.MaxValue"/>.</summary>
    public long Due { get; set; } = long.MaxValue;
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

    /// <summary>
    /// Sees to it that the node is looked at by <paramref name="due"/>; an earlier time stands. What is due at
    /// <see cref="long.MaxValue"/> is never looked at.
    /// </summary>
    /// <remarks>
    /// Under the lock of the node's activation, which each look takes: a node that is just being taken out is looked at
    /// after this, and so the first question needs no gate. Almost all calls end with it.
    /// </remarks>
    public void Add(WheelNode node, long due)
    {
        if (node.Due <= due)
        {
            return;
        }

        lock (_gate)
        {
            Unlink(node);
            Link(node, due);
        }
    }

    public void Remove(WheelNode node)
    {
        lock (_gate)
        {
            Unlink(node);
        }
    }

    /// <summary>Takes one node out whose time has come.</summary>
    public WheelNode? TakeDue(long now)
    {
        lock (_gate)
        {
            while (_order.TryPeek(out var spoke, out _) && spoke <= now / spokeTicks)
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

    private void Link(WheelNode node, long due)
    {
        // The first spoke after it. Never multiplied: times may lie as far away as numbers go.
        var spoke = (due / spokeTicks) + 1;
        if (!_spokes.TryGetValue(spoke, out var head))
        {
            head = new WheelNode(activation: null);
            _spokes.Add(spoke, head);
            _order.Enqueue(spoke, spoke);
        }

        node.Due = due;
        node.Previous = head;
        node.Next = head.Next;
        head.Next?.Previous = node;
        head.Next = node;
    }

    private static void Unlink(WheelNode node)
    {
        node.Previous?.Next = node.Next;
        node.Next?.Previous = node.Previous;
        node.Previous = null;
        node.Next = null;
        node.Due = long.MaxValue;
    }
}

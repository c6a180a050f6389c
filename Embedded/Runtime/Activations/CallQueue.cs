namespace Orleans.Runtime;

/// <summary>First in, first out, through the calls' own links. Guarded by the activation's lock.</summary>
internal struct CallQueue
{
    private GrainCall? _tail;

    public GrainCall? Head { get; private set; }

    public readonly bool IsEmpty => Head is null;

    public void Enqueue(GrainCall call)
    {
        call.Next = null;
        if (_tail is null)
        {
            Head = call;
        }
        else
        {
            _tail.Next = call;
        }

        _tail = call;
    }

    public GrainCall Dequeue()
    {
        var call = Head!;
        Head = call.Next;
        if (Head is null)
        {
            _tail = null;
        }

        call.Next = null;
        return call;
    }

    /// <summary>How many calls wait, counted up to <paramref name="max"/>.</summary>
    public readonly int Count(int max)
    {
        var count = 0;
        for (var call = Head; call is not null && count < max; call = call.Next)
        {
            count++;
        }

        return count;
    }

    public void MoveTo(List<GrainCall> calls)
    {
        while (!IsEmpty)
        {
            calls.Add(Dequeue());
        }
    }

    /// <summary>Drops calls at the head whose callers wait no more.</summary>
    public void SkipEnded()
    {
        while (Head is { IsEnded: true })
        {
            Dequeue();
        }
    }

    /// <summary>Drops all calls whose callers wait no more, so that a stuck activation does not gather them.</summary>
    public void RemoveEnded()
    {
        var rest = Head;
        Head = null;
        _tail = null;
        while (rest is not null)
        {
            var call = rest;
            rest = call.Next;
            if (call.IsEnded)
            {
                call.Next = null;
            }
            else
            {
                Enqueue(call);
            }
        }
    }
}

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

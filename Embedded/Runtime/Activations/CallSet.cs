namespace Orleans.Runtime;

/// <summary>The calls that are running, through the calls' own links. Guarded by the activation's lock.</summary>
internal struct CallSet
{
    public GrainCall? First { get; private set; }

    public readonly bool IsEmpty => First is null;

    public void Add(GrainCall call)
    {
        call.Previous = null;
        call.Next = First;
        if (First is not null)
        {
            First.Previous = call;
        }

        First = call;
    }

    public void Remove(GrainCall call)
    {
        if (call.Previous is null)
        {
            First = call.Next;
        }
        else
        {
            call.Previous.Next = call.Next;
        }

        if (call.Next is not null)
        {
            call.Next.Previous = call.Previous;
        }

        call.Next = null;
        call.Previous = null;
    }
}

using System.Runtime.CompilerServices;

namespace DataExport.Grains.Records;

/// <summary>
/// The last four operations of a record. Saves a merge when the bus delivers one again soon; forgetting one costs that
/// merge and nothing else.
/// </summary>
internal struct OperationMemory
{
    private Operations _operations;
    private int _next;

    /// <summary>Whether the operation is among the last. An empty id never is: it says nothing.</summary>
    public readonly bool Holds(Guid operation)
    {
        if (operation == Guid.Empty)
        {
            return false;
        }

        foreach (var known in (ReadOnlySpan<Guid>)_operations)
        {
            if (known == operation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Remembers an operation in place of the oldest.</summary>
    public void Add(Guid operation)
    {
        _operations[_next] = operation;
        _next = (_next + 1) % Operations.Length;
    }

    [InlineArray(Length)]
    private struct Operations
    {
        public const int Length = 4;

        private Guid _first;
    }
}

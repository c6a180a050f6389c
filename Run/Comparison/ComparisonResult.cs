namespace DataExport.Run.Comparison;

/// <summary>What a comparison found. Thread-safe while it is gathered.</summary>
/// <param name="shownMax">How many differences are kept to be shown; the others are only counted.</param>
internal sealed class ComparisonResult(int shownMax)
{
    private readonly Lock _gate = new();
    private readonly List<Difference> _first = [];
    private long _differences;
    private long _rows;
    private long _provisional;

    /// <summary>All differences.</summary>
    public long Differences => Interlocked.Read(ref _differences);

    /// <summary>Rows of the target that were compared.</summary>
    public long Rows => Interlocked.Read(ref _rows);

    /// <summary>Of these, rows without a version number.</summary>
    public long ProvisionalRows => Interlocked.Read(ref _provisional);

    /// <summary>The differences found first.</summary>
    public IReadOnlyList<Difference> First
    {
        get
        {
            lock (_gate)
            {
                return [.. _first];
            }
        }
    }

    public void Add(Difference difference)
    {
        lock (_gate)
        {
            _differences++;
            if (_first.Count < shownMax)
            {
                _first.Add(difference);
            }
        }
    }

    public void CountRows(long rows, long provisional)
    {
        _ = Interlocked.Add(ref _rows, rows);
        _ = Interlocked.Add(ref _provisional, provisional);
    }
}

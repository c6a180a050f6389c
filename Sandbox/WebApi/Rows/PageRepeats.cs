namespace DataExport.Sandbox;

/// <summary>
/// Counts pages that a reader asks for again although it had gone on to the next, and tables that are read anew from
/// their beginning after their delta was read. Thread-safe.
/// </summary>
internal sealed class PageRepeats
{
    private const int PagesMax = 100_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<WalkPage, WalkPage> _nexts = [];
    private readonly HashSet<WalkPage> _asked = [];
    private readonly HashSet<string> _inDelta = new(StringComparer.Ordinal);
    private long _pages;
    private long _walks;

    /// <summary>Pages that were asked for again.</summary>
    public long Pages => Interlocked.Read(ref _pages);

    /// <summary>Tables whose ids were walked again.</summary>
    public long Walks => Interlocked.Read(ref _walks);

    /// <summary>A page of a walk is asked for; the first has no token.</summary>
    public void Asked(WalkPage page)
    {
        lock (_gate)
        {
            if (page.Token is null && page.IdsOnly && _inDelta.Remove(page.Table))
            {
                _walks++;
                ForgetWalks();
            }

            if (_nexts.TryGetValue(page, out var next) && _asked.Contains(next))
            {
                _pages++;
            }

            _ = _asked.Add(page);
            if (_asked.Count > PagesMax)
            {
                ForgetWalks();
            }
        }
    }

    /// <summary>A page of a delta is asked for.</summary>
    public void AskedDelta(string table)
    {
        lock (_gate)
        {
            _ = _inDelta.Add(table);
        }
    }

    /// <summary>A page names the next.</summary>
    public void Leads(WalkPage page, string nextToken)
    {
        lock (_gate)
        {
            _nexts[page] = page with { Token = nextToken };
        }
    }

    private void ForgetWalks()
    {
        _nexts.Clear();
        _asked.Clear();
    }
}

/// <summary>A page of a walk.</summary>
internal readonly record struct WalkPage(string Table, bool IdsOnly, string? Token);

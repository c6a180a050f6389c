using System.Runtime.InteropServices;

namespace DataExport.Sandbox;

/// <summary>
/// Counts pages of a walk that a reader asks for again although it had gone on to the next, and tables that are read
/// anew from their beginning after their delta was read. Thread-safe.
/// </summary>
internal sealed class PageRepeats
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Table, bool IdsOnly), Walk> _walks = [];
    private readonly HashSet<string> _inDelta = new(StringComparer.Ordinal);
    private long _pages;
    private long _walksAgain;

    /// <summary>Pages that were asked for again.</summary>
    public long Pages => Interlocked.Read(ref _pages);

    /// <summary>Tables whose ids were walked again.</summary>
    public long Walks => Interlocked.Read(ref _walksAgain);

    /// <summary>A page of a walk is asked for; the first has no token.</summary>
    public void Asked(WalkPage page)
    {
        lock (_gate)
        {
            ref var walk = ref CollectionsMarshal.GetValueRefOrAddDefault(_walks, (page.Table, page.IdsOnly), out _);
            if (page.Token is null && page.IdsOnly && _inDelta.Remove(page.Table))
            {
                _walksAgain++;
                walk = null;
            }

            // One that begins after an end is another walk, such as a comparison's.
            walk = walk is null || (walk.IsEnded && page.Token is null) ? new Walk() : walk;
            var token = page.Token ?? "";
            if (walk.Nexts.TryGetValue(token, out var next) && walk.Asked.Contains(next))
            {
                _pages++;
            }

            _ = walk.Asked.Add(token);
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
            if (_walks.GetValueOrDefault((page.Table, page.IdsOnly)) is { } walk)
            {
                walk.Nexts[page.Token ?? ""] = nextToken;
            }
        }
    }

    /// <summary>A page is a walk's last.</summary>
    public void Ends(WalkPage page)
    {
        lock (_gate)
        {
            if (_walks.GetValueOrDefault((page.Table, page.IdsOnly)) is { } walk)
            {
                walk.IsEnded = true;
            }
        }
    }

    private sealed class Walk
    {
        public Dictionary<string, string> Nexts { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Asked { get; } = new(StringComparer.Ordinal);

        public bool IsEnded { get; set; }
    }
}

/// <summary>A page of a walk.</summary>
internal readonly record struct WalkPage(string Table, bool IdsOnly, string? Token);

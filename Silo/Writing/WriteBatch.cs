using System.Diagnostics;
using DataExport.Grains.Ports;

namespace DataExport.Silo.Writing;

/// <summary>The rows of one merge and who waits for each.</summary>
internal sealed class WriteBatch
{
    private readonly List<MergeItem> _items;
    private readonly List<(IAnswerSink Sink, int Index)> _sinks;

    public WriteBatch(int capacity) : this(new List<MergeItem>(capacity), new List<(IAnswerSink, int)>(capacity))
    {
    }

    private WriteBatch(List<MergeItem> items, List<(IAnswerSink Sink, int Index)> sinks) =>
        (_items, _sinks) = (items, sinks);

    public IReadOnlyList<MergeItem> Items => _items;

    public int Count => _items.Count;

    /// <summary>Encoded column bytes of all rows.</summary>
    public long Bytes { get; private set; }

    public void Add(MergeItem item, IAnswerSink sink, int index)
    {
        _items.Add(item);
        _sinks.Add((sink, index));
        Bytes += item.Columns?.EncodedBytes ?? 0;
    }

    /// <summary>The waits of the rows that are traced.</summary>
    public List<Activity> ReadWaits() =>
        [.. _sinks.Select(static sink => (sink.Sink as SingleWrite)?.Wait).OfType<Activity>()];

    public void Clear()
    {
        _items.Clear();
        _sinks.Clear();
        Bytes = 0;
    }

    /// <summary>The first and the second half.</summary>
    public (WriteBatch First, WriteBatch Second) Halves()
    {
        var half = Count / 2;
        return (new WriteBatch(_items[..half], _sinks[..half]), new WriteBatch(_items[half..], _sinks[half..]));
    }

    public void AnswerEach(IReadOnlyList<ApplyResult> results)
    {
        if (results.Count != Count)
        {
            throw new InvalidOperationException($"Merged {Count} rows, got {results.Count} results.");
        }

        for (var row = 0; row < results.Count; row++)
        {
            _sinks[row].Sink.Answer(_sinks[row].Index, results[row]);
        }
    }

    public void AnswerAll(ApplyResult result)
    {
        foreach (var (sink, index) in _sinks)
        {
            sink.Answer(index, result);
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DataExport.Sandbox;

/// <summary>
/// The messages of a queue that can be handed out: first those that came back, oldest first, then the rest in their
/// order, or shuffled within windows where that chaos is switched on.
/// </summary>
internal sealed class ReadyMessages(int reorderWindow, Random random)
{
    private readonly PriorityQueue<StoredMessage, long> _returned = new();
    private readonly Queue<StoredMessage> _ready = new();
    private readonly List<StoredMessage> _window = [];

    public int Count => _returned.Count + _ready.Count + _window.Count;

    public IEnumerable<StoredMessage> Messages =>
        _returned.UnorderedItems.Select(item => item.Element).Concat(_ready).Concat(_window);

    public void Add(StoredMessage message)
    {
        if (reorderWindow <= 1)
        {
            _ready.Enqueue(message);
            return;
        }

        _window.Add(message);
        if (_window.Count >= reorderWindow)
        {
            ReleaseWindow();
        }
    }

    /// <summary>Back to the front.</summary>
    public void Return(StoredMessage message) => _returned.Enqueue(message, message.SequenceNumber);

    public bool TryTake([MaybeNullWhen(false)] out StoredMessage message)
    {
        if (_returned.TryDequeue(out message, out _) || _ready.TryDequeue(out message))
        {
            return true;
        }

        // Somebody asks and only a part of a window is there: it goes out shuffled as it is, or it would wait for ever.
        ReleaseWindow();
        return _ready.TryDequeue(out message);
    }

    private void ReleaseWindow()
    {
        random.Shuffle(CollectionsMarshal.AsSpan(_window));
        foreach (var message in _window)
        {
            _ready.Enqueue(message);
        }

        _window.Clear();
    }
}

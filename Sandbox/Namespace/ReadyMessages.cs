using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DataExport.Sandbox;

/// <summary>
/// The messages of a queue, or of one session, that can be handed out: first those that came back, oldest first, then
/// the rest in their order, or shuffled within windows where that chaos is switched on.
/// </summary>
internal sealed class ReadyMessages(int reorderWindow, Random random)
{
    /// <summary>Messages that have gone from the middle and are still in the collections, at least.</summary>
    private const int GoneMin = 256;

    private readonly PriorityQueue<StoredMessage, long> _returned = new();
    private readonly Queue<StoredMessage> _ready = new();
    private readonly List<StoredMessage> _window = [];
    private int _gone;

    public int Count => _returned.Count + _ready.Count + _window.Count - _gone;

    public IEnumerable<StoredMessage> Messages => _returned.UnorderedItems.Select(item => item.Element)
        .Concat(_ready)
        .Concat(_window)
        .Where(message => message.State == MessageState.Ready);

    public void Add(StoredMessage message)
    {
        message.State = MessageState.Ready;
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
    public void Return(StoredMessage message)
    {
        message.State = MessageState.Ready;
        _returned.Enqueue(message, message.SequenceNumber);
    }

    /// <summary>Takes a message from wherever it is. It must never come back.</summary>
    public void Remove(StoredMessage message)
    {
        message.State = MessageState.Gone;
        _gone++;
        if (_gone > GoneMin && _gone > Count)
        {
            Sweep();
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out StoredMessage message)
    {
        while (TryTakeAny(out message))
        {
            if (message.State == MessageState.Ready)
            {
                return true;
            }

            _gone--;
        }

        return false;
    }

    private bool TryTakeAny([MaybeNullWhen(false)] out StoredMessage message)
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

    /// <summary>Without it a queue that nobody receives from would keep what has expired in it.</summary>
    private void Sweep()
    {
        Sweep(_ready);
        _window.RemoveAll(message => message.State != MessageState.Ready);
        var returned = new Queue<StoredMessage>(_returned.UnorderedItems.Select(item => item.Element));
        _returned.Clear();
        Sweep(returned);
        foreach (var message in returned)
        {
            _returned.Enqueue(message, message.SequenceNumber);
        }

        _gone = 0;
    }

    private static void Sweep(Queue<StoredMessage> messages)
    {
        for (var left = messages.Count; left > 0; left--)
        {
            var message = messages.Dequeue();
            if (message.State == MessageState.Ready)
            {
                messages.Enqueue(message);
            }
        }
    }
}

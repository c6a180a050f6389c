namespace DataExport.Sandbox;

/// <summary>Messages in the order in which their time comes.</summary>
internal sealed class TimedMessages
{
    private readonly SortedSet<StoredMessage> _messages = new(new ByTime());

    /// <summary>The one whose time comes next.</summary>
    public StoredMessage? First => _messages.Min;

    /// <summary>When the next one's time comes.</summary>
    public long NextMilliseconds => _messages.Min?.DueMilliseconds ?? long.MaxValue;

    public void Add(StoredMessage message) => _messages.Add(message);

    /// <summary>Nothing happens when it is not here.</summary>
    public void Remove(StoredMessage message) => _messages.Remove(message);

    private sealed class ByTime : IComparer<StoredMessage>
    {
        public int Compare(StoredMessage? x, StoredMessage? y)
        {
            var byTime = x!.DueMilliseconds.CompareTo(y!.DueMilliseconds);
            return byTime != 0 ? byTime : x.SequenceNumber.CompareTo(y.SequenceNumber);
        }
    }
}

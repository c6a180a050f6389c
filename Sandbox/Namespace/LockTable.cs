namespace DataExport.Sandbox;

/// <summary>
/// The locked messages of a queue: by token, and in the order in which their locks end. All locks of a queue last
/// equally long, so the order is that of locking and renewing.
/// </summary>
internal sealed class LockTable(Guid seed)
{
    private readonly Dictionary<Guid, StoredMessage> _byToken = [];
    private readonly byte[] _tokenBytes = seed.ToByteArray();
    private StoredMessage? _first;
    private StoredMessage? _last;
    private ulong _lastToken;

    public int Count => _byToken.Count;

    /// <summary>The message whose lock ends next.</summary>
    public StoredMessage? First => _first;

    public IEnumerable<StoredMessage> Messages => _byToken.Values;

    public void Add(StoredMessage message, long lockedUntilMilliseconds)
    {
        message.LockToken = NextToken();
        message.LockedUntilMilliseconds = lockedUntilMilliseconds;
        _byToken.Add(message.LockToken, message);
        Append(message);
    }

    public StoredMessage? Find(Guid token) => _byToken.GetValueOrDefault(token);

    public void Renew(StoredMessage message, long lockedUntilMilliseconds)
    {
        Unlink(message);
        message.LockedUntilMilliseconds = lockedUntilMilliseconds;
        Append(message);
    }

    public void Remove(StoredMessage message)
    {
        _byToken.Remove(message.LockToken);
        Unlink(message);
        message.Holder = null;
    }

    /// <summary>Unique, not random: half of it is the queue's, half counts.</summary>
    private Guid NextToken()
    {
        BitConverter.TryWriteBytes(_tokenBytes, ++_lastToken);
        return new Guid(_tokenBytes);
    }

    private void Append(StoredMessage message)
    {
        message.PreviousLocked = _last;
        message.NextLocked = null;
        if (_last is null)
        {
            _first = message;
        }
        else
        {
            _last.NextLocked = message;
        }

        _last = message;
    }

    private void Unlink(StoredMessage message)
    {
        if (message.PreviousLocked is { } previous)
        {
            previous.NextLocked = message.NextLocked;
        }
        else
        {
            _first = message.NextLocked;
        }

        if (message.NextLocked is { } next)
        {
            next.PreviousLocked = message.PreviousLocked;
        }
        else
        {
            _last = message.PreviousLocked;
        }

        message.PreviousLocked = message.NextLocked = null;
    }
}

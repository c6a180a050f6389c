using System.Threading.Channels;
using DataExport.Grains.Ports;

namespace DataExport.Silo.Writing;

/// <summary>
/// What waits for a merge, in two lanes: rows of messages, whose senders look at the clock, go before those of pages
/// and fetches, which fill what is left of a batch.
/// </summary>
internal sealed class WriteQueue
{
    // Pages and fetches under way at once: a few a table. Each is bounded by the page's size.
    private const int ManyWritesMax = 1_024;

    private readonly BatchWriterOptions _options;
    private readonly Channel<SingleWrite> _singles;
    private readonly Channel<ManyWrite> _manies;

    // One bell for both lanes: a wait on two channels would leave a waiter behind in the quiet one each time.
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock _taking = new();
    private ManyWrite? _open;

    public WriteQueue(BatchWriterOptions options)
    {
        _options = options;
        _singles = Channel.CreateBounded<SingleWrite>(options.QueueRowsMax);
        _manies = Channel.CreateBounded<ManyWrite>(ManyWritesMax);
    }

    /// <summary>Rows of messages that wait.</summary>
    public int RowsQueued => _singles.Reader.Count;

    public async ValueTask AddAsync(SingleWrite write, CancellationToken cancellationToken)
    {
        await _singles.Writer.WriteAsync(write, cancellationToken);
        _ = _bell.Writer.TryWrite(default);
    }

    public async ValueTask AddAsync(ManyWrite write, CancellationToken cancellationToken)
    {
        await _manies.Writer.WriteAsync(write, cancellationToken);
        _ = _bell.Writer.TryWrite(default);
    }

    /// <summary>Refuses what comes from now on; what is queued can still be taken.</summary>
    public void Complete()
    {
        _ = _singles.Writer.TryComplete();
        _ = _manies.Writer.TryComplete();
        _ = _bell.Writer.TryComplete();
    }

    /// <summary>Waits until there is something to take. False: there never will be again.</summary>
    public async ValueTask<bool> WaitAsync()
    {
        while (!HasRows)
        {
            if (!await _bell.Reader.WaitToReadAsync())
            {
                return HasRows;
            }

            _ = _bell.Reader.TryRead(out _);
        }

        return true;
    }

    /// <summary>Fills a batch with what waits, up to its limits.</summary>
    public void Take(WriteBatch batch)
    {
        lock (_taking)
        {
            while (HasRoom(batch) && _singles.Reader.TryRead(out var single))
            {
                batch.Add(single.Item, single, 0);
            }

            var manyMax = batch.Count > 0 ? batch.Count + _options.ManyRowsBesideMax : int.MaxValue;
            while (HasRoom(batch) && batch.Count < manyMax && (_open is not null || _manies.Reader.TryRead(out _open)))
            {
                batch.Add(_open.Items[_open.Taken], _open, _open.Taken);
                _open.Taken++;
                _open = _open.Taken < _open.Items.Count ? _open : null;
            }
        }

        if (HasRows)
        {
            // Another loop may be free for what did not fit.
            _ = _bell.Writer.TryWrite(default);
        }
    }

    private bool HasRows => _open is not null || _singles.Reader.TryPeek(out _) || _manies.Reader.TryPeek(out _);

    private bool HasRoom(WriteBatch batch) =>
        batch.Count < _options.BatchRowsMax && batch.Bytes < _options.BatchBytesMax;
}

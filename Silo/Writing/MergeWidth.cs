namespace DataExport.Silo.Writing;

/// <summary>
/// How many merges may be under way at once. A target that has too much to do gets fewer, one less with each such
/// answer and never none; what goes well for a while gets one more again.
/// </summary>
internal sealed class MergeWidth(int most) : IDisposable
{
    /// <summary>Merges in a row that go well before one more is tried.</summary>
    private const int SuccessesBeforeWider = 20;

    private readonly SemaphoreSlim _free = new(most, most);
    private readonly Lock _changing = new();
    private int _owed;
    private int _withheld;
    private int _successes;

    /// <summary>How many may be under way now.</summary>
    public int Current
    {
        get
        {
            lock (_changing)
            {
                return most - _withheld - _owed;
            }
        }
    }

    /// <summary>Waits until one more may begin.</summary>
    public Task EnterAsync() => _free.WaitAsync();

    /// <summary>A merge that began is over.</summary>
    public void Leave()
    {
        lock (_changing)
        {
            if (_owed > 0)
            {
                (_owed, _withheld) = (_owed - 1, _withheld + 1);
                return;
            }
        }

        _ = _free.Release();
    }

    /// <summary>The target has too much to do.</summary>
    public void Throttled()
    {
        lock (_changing)
        {
            _successes = 0;
            _owed += most - _withheld - _owed > 1 ? 1 : 0;
        }
    }

    /// <summary>A merge went well.</summary>
    public void Succeeded()
    {
        lock (_changing)
        {
            if (_withheld == 0 || ++_successes < SuccessesBeforeWider)
            {
                return;
            }

            (_withheld, _successes) = (_withheld - 1, 0);
        }

        _ = _free.Release();
    }

    public void Dispose() => _free.Dispose();
}

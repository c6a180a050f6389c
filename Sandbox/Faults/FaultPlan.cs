namespace DataExport.Sandbox;

/// <summary>
/// Which faults happen and when: nothing while it is off, and by the seed while it is on. Thread-safe.
/// </summary>
/// <param name="faults">The kinds that may happen.</param>
/// <param name="seed">Decides which request or notification is met.</param>
public sealed class FaultPlan(SandboxFaults faults, int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private volatile bool _isOn;

    /// <summary>The kinds that may happen.</summary>
    public SandboxFaults Faults => faults;

    /// <summary>Whether they happen now.</summary>
    public bool IsOn
    {
        get => _isOn;
        set => _isOn = value;
    }

    /// <summary>Whether a fault happens here, once in <paramref name="times"/>.</summary>
    public bool Happens(SandboxFaults fault, int times)
    {
        if (!_isOn || (faults & fault) == 0)
        {
            return false;
        }

        lock (_gate)
        {
            return _random.Next(times) == 0;
        }
    }

    /// <summary>A number from 0 up to <paramref name="below"/>.</summary>
    public int Draw(int below)
    {
        lock (_gate)
        {
            return _random.Next(below);
        }
    }
}

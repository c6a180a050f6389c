namespace DataExport.Sandbox;

/// <summary>The one counter of version numbers of an environment.</summary>
internal sealed class VersionCounter
{
    private long _current = 1_000_000;

    public long Current => Interlocked.Read(ref _current);

    public long Next() => Interlocked.Increment(ref _current);
}

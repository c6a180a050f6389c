namespace DataExport.Sandbox;

/// <summary>The one counter of version numbers of an environment.</summary>
internal sealed class VersionCounter
{
    private long _current = 1_000_000;

    public long Current => Interlocked.Read(ref _current);

    /// <summary>Goes on from an earlier number: versions are given out again.</summary>
    public void SetBack(long version) => Interlocked.Exchange(ref _current, version);

    public long Next() => Interlocked.Increment(ref _current);
}

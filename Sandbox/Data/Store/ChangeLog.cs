namespace DataExport.Sandbox;

/// <summary>
/// Which record of a table got which version, in the order of versions. An entry counts only while its record still has
/// that version, so each record counts once; entries that no longer count are swept out now and then.
/// </summary>
internal sealed class ChangeLog
{
    private const int EntriesBeforeSweep = 4096;

    private long[] _versions = new long[64];
    private uint[] _records = new uint[64];

    public int Count { get; private set; }

    public uint RecordAt(int place) => _records[place];

    public long VersionAt(int place) => _versions[place];

    /// <summary>The log as it is now.</summary>
    public ChangeLog Copy() => new()
    {
        _versions = (long[])_versions.Clone(),
        _records = (uint[])_records.Clone(),
        Count = Count,
    };

    /// <summary>The place of the first entry newer than <paramref name="version"/>.</summary>
    public int After(long version)
    {
        var place = Array.BinarySearch(_versions, 0, Count, version);
        return place < 0 ? ~place : place + 1;
    }

    /// <summary>Whether most entries no longer count, when the table has so many records.</summary>
    public bool NeedsSweep(long records) => Count > EntriesBeforeSweep && Count > 2 * records;

    public void Append(long version, uint record)
    {
        if (Count == _versions.Length)
        {
            var length = Math.Max(Count + (Count / 2), 64);
            Array.Resize(ref _versions, length);
            Array.Resize(ref _records, length);
        }

        _versions[Count] = version;
        _records[Count++] = record;
    }

    /// <summary>Drops the entries that <paramref name="counts"/> denies.</summary>
    public void Sweep(Func<long, uint, bool> counts)
    {
        var kept = 0;
        for (var place = 0; place < Count; place++)
        {
            if (counts(_versions[place], _records[place]))
            {
                _versions[kept] = _versions[place];
                _records[kept++] = _records[place];
            }
        }

        Count = kept;
    }
}

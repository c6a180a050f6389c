namespace DataExport.Sandbox;

/// <summary>
/// The records of one table and their change log. Versions are taken inside <see cref="Gate"/>, so the log is in order
/// and a version read under the gate covers all that went before.
/// </summary>
internal sealed partial class TableStore(SandboxTable table, RecordIds ids, VersionCounter versions, int recordsMax)
{
    private const int ChunkBits = 12;
    private const int ChunkRecords = 1 << ChunkBits;

    private readonly List<RecordState[]> _chunks = [];
    private ChangeLog _log = new();
    private StoredRows? _stored = table.HasSets ? new StoredRows(table) : null;
    private uint _count;
    private long _alive;

    public SandboxTable Table => table;

    public Lock Gate { get; } = new();

    /// <summary>How many numbers were given out, those of deleted records included.</summary>
    public uint Count => Volatile.Read(ref _count);

    public long Alive => Interlocked.Read(ref _alive);

    /// <summary>The state of a record. The caller holds the gate.</summary>
    public ref RecordState At(uint number) => ref _chunks[(int)(number >> ChunkBits)][number & (ChunkRecords - 1)];

    /// <summary>The record as it is. The caller holds the gate.</summary>
    public SandboxRecord Read(uint number)
    {
        ref var state = ref At(number);
        var stored = _stored?.RowOf(number);
        return new SandboxRecord
        {
            Id = stored?.Id ?? ids.IdOf(table.Index, number),
            Number = number,
            Version = state.Version,
            CreatedOn = RecordTime.FromSeconds(state.CreatedOn),
            ModifiedOn = RecordTime.FromSeconds(state.ModifiedOn),
            IsAlive = state.IsAlive,
            Revisions = state.Revisions,
            Stored = stored,
        };
    }

    /// <summary>Adds a row with values of its own, and lets it exist. The caller holds the gate.</summary>
    public uint Add(StoredRow row, uint createdOn, uint modifiedOn)
    {
        var number = Reserve();
        (_stored ??= new StoredRows(table)).Add(number, row);
        Begin(number, versions.Next(), createdOn, modifiedOn);
        return number;
    }

    /// <summary>The number of a record, alive or not.</summary>
    public bool TryGetNumber(Guid id, out uint number)
    {
        if (_stored is null)
        {
            return ids.TryGetNumber(table.Index, id, out number) && number < Count;
        }

        lock (Gate)
        {
            return _stored.TryGetNumber(id, out number)
                || (ids.TryGetNumber(table.Index, id, out number)
                    && number < Count
                    && _stored.RowOf(number)?.Id is null);
        }
    }

    /// <summary>Whether rows are found by this column as a set.</summary>
    public bool IsSetColumn(int ordinal) => _stored?.IsSetColumn(ordinal) ?? false;

    /// <summary>The living rows that hold a value in a set column. The caller holds the gate while it reads.</summary>
    public IReadOnlyList<uint> SetOf(int ordinal, Guid value) => _stored?.SetOf(ordinal, value) ?? [];

    /// <summary>Gives out the next number. Its record does not exist before <see cref="Begin"/>.</summary>
    public uint Reserve()
    {
        lock (Gate)
        {
            if (_count >= recordsMax)
            {
                throw new InvalidOperationException($"Table {table.Name} is full: {recordsMax} records.");
            }

            if (_count >> ChunkBits == _chunks.Count)
            {
                _chunks.Add(new RecordState[ChunkRecords]);
            }

            Volatile.Write(ref _count, _count + 1);
            return _count - 1;
        }
    }

    /// <summary>Lets a reserved record exist. The caller holds the gate.</summary>
    public void Begin(uint number, long version, uint createdOn, uint modifiedOn)
    {
        ref var state = ref At(number);
        state.CreatedOn = createdOn;
        state.ModifiedOn = modifiedOn;
        state.IsAlive = true;
        Log(number, version, aliveChange: 1);
    }

    /// <summary>Notes that a record got a version. The caller holds the gate.</summary>
    public void Log(uint number, long version, int aliveChange)
    {
        At(number).Version = version;
        _alive += aliveChange;
        if (aliveChange != 0 && table.HasSets)
        {
            _stored!.SetAlive(number, aliveChange > 0);
        }

        _log.Append(version, number);
        if (_log.NeedsSweep(_count))
        {
            _log.Sweep((logged, record) => At(record).Version == logged);
        }
    }

    /// <summary>Finds a record by its id, alive or not.</summary>
    public bool TryFind(Guid id, out SandboxRecord record)
    {
        record = default;
        if (!TryGetNumber(id, out var number))
        {
            return false;
        }

        lock (Gate)
        {
            record = Read(number);
        }

        return true;
    }

    /// <summary>Chooses a living record among the first <paramref name="range"/>.</summary>
    /// <returns>Whether one was found within a few attempts.</returns>
    public bool TryChoose(ref ulong random, int range, out Guid id)
    {
        const int AttemptsMax = 64;
        var records = (int)Math.Min(Count, (uint)range);
        for (var attempt = 0; attempt < AttemptsMax && records > 0; attempt++)
        {
            if (TryReadAlive((uint)Mixer.Below(Mixer.Next(ref random), records), out var record))
            {
                id = record.Id;
                return true;
            }
        }

        id = default;
        return false;
    }

    /// <summary>Finds a living record by its number.</summary>
    public bool TryReadAlive(uint number, out SandboxRecord record)
    {
        lock (Gate)
        {
            record = number < _count ? Read(number) : default;
            return record.IsAlive;
        }
    }

    /// <summary>Reads living records from <paramref name="next"/> on, and moves it behind the last one seen.</summary>
    /// <returns>How many were read; 0 at the end of the table.</returns>
    public int ReadAlive(ref uint next, Span<SandboxRecord> records)
    {
        lock (Gate)
        {
            var read = 0;
            while (read < records.Length && next < _count)
            {
                if (At(next).IsAlive)
                {
                    records[read++] = Read(next);
                }

                next++;
            }

            return read;
        }
    }

    /// <summary>A version that no later change of this table will fall short of.</summary>
    public long Fence()
    {
        lock (Gate)
        {
            return versions.Current;
        }
    }

    /// <summary>Reads records by their last change, in the order of versions, and moves the cursor on.</summary>
    /// <returns>How many were read; fewer than there is room for only at the end of the range.</returns>
    public int ReadChanged(ref ChangeCursor cursor, Span<SandboxRecord> records)
    {
        lock (Gate)
        {
            var read = 0;
            var place = _log.After(cursor.After);
            for (; read < records.Length && place < _log.Count && _log.VersionAt(place) <= cursor.UpTo; place++)
            {
                cursor.After = _log.VersionAt(place);
                var number = _log.RecordAt(place);
                ref var state = ref At(number);
                if (state.Version == cursor.After && state.IsAlive == cursor.IsAlive)
                {
                    records[read++] = Read(number);
                }
            }

            cursor.IsAtEnd = place == _log.Count || _log.VersionAt(place) > cursor.UpTo;
            cursor.EndVersion = versions.Current;
            return read;
        }
    }
}

/// <summary>A place in a table's change log.</summary>
internal struct ChangeCursor
{
    /// <summary>The last version looked at.</summary>
    public long After;

    /// <summary>The last version to look at.</summary>
    public long UpTo;

    /// <summary>Whether living records are asked for, or deleted ones.</summary>
    public bool IsAlive;

    /// <summary>Whether nothing is left.</summary>
    public bool IsAtEnd;

    /// <summary>When read at the end: the version that all of the log was read up to.</summary>
    public long EndVersion;
}

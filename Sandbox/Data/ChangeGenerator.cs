namespace DataExport.Sandbox;

/// <summary>
/// Makes random business changes: a fifth creates, seven tenths updates of one to five columns, the rest deletes and a
/// few restores. Some records are hot, and now and then one is saved several times within a second. The same seed on
/// the same sandbox makes the same changes, as long as one thread makes them.
/// </summary>
public sealed class ChangeGenerator
{
    private const int HotRecords = 64;
    private const int DeletedMax = 1024;
    private const int AttemptsMax = 64;

    private readonly DataverseSandbox _sandbox;
    private readonly Lock _gate = new();
    private readonly Queue<(SandboxTable Table, Guid Id)> _deleted = new();
    private ulong _random;
    private GeneratedChange _burst;
    private int _burstLeft;

    /// <param name="sandbox">What is changed.</param>
    /// <param name="seed">Decides which changes are made.</param>
    public ChangeGenerator(DataverseSandbox sandbox, int seed)
    {
        _sandbox = sandbox;
        _random = Mixer.Mix((ulong)(uint)seed, "changes");
    }

    /// <summary>Makes one change. Thread-safe.</summary>
    public GeneratedChange Next()
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            GeneratedChange change;
            lock (_gate)
            {
                change = Choose();
            }

            // Between choice and change another thread may have deleted the record.
            if (TryMake(ref change))
            {
                return change;
            }
        }

        throw new InvalidOperationException($"No change could be made in {AttemptsMax} attempts.");
    }

    private GeneratedChange Choose()
    {
        if (_burstLeft > 0)
        {
            _burstLeft--;
            return _burst with { Columns = 1 + Draw(3) };
        }

        var table = _sandbox.Tables[SeedShares.TableOf(Draw(100))];
        var draw = Draw(100);
        if (draw < 2 && _deleted.TryDequeue(out var deleted))
        {
            return new GeneratedChange(GeneratedChangeKind.Restore, deleted.Table, deleted.Id);
        }

        if (draw < 22 || !TryChooseRecord(table, isHot: draw is >= 30 and < 50, out var id))
        {
            return new GeneratedChange(GeneratedChangeKind.Create, table, default);
        }

        if (draw < 30)
        {
            return new GeneratedChange(GeneratedChangeKind.Delete, table, id);
        }

        var update = new GeneratedChange(GeneratedChangeKind.Update, table, id) { Columns = 1 + Draw(5) };
        if (Draw(32) == 0)
        {
            (_burst, _burstLeft) = (update, 1 + Draw(4));
        }

        return update;
    }

    private bool TryChooseRecord(SandboxTable table, bool isHot, out Guid id)
    {
        var count = _sandbox.StoreOf(table).Count;
        var range = isHot ? Math.Min(count, HotRecords) : count;
        for (var attempt = 0; attempt < AttemptsMax && range > 0; attempt++)
        {
            id = _sandbox.Ids.IdOf(table.Index, (uint)Draw((int)range));
            if (_sandbox.TryFind(table, id, out var record) && record.IsAlive)
            {
                return true;
            }
        }

        id = default;
        return false;
    }

    private bool TryMake(ref GeneratedChange change)
    {
        switch (change.Kind)
        {
            case GeneratedChangeKind.Create:
                change = change with { Id = _sandbox.Create(change.Table) };
                return true;
            case GeneratedChangeKind.Update:
                return _sandbox.Update(change.Table, change.Id, change.Columns);
            case GeneratedChangeKind.Restore:
                return _sandbox.Restore(change.Table, change.Id);
            default:
                return _sandbox.Delete(change.Table, change.Id) && Remember(change);
        }
    }

    private bool Remember(GeneratedChange change)
    {
        lock (_gate)
        {
            _deleted.Enqueue((change.Table, change.Id));
            if (_deleted.Count > DeletedMax)
            {
                _ = _deleted.Dequeue();
            }
        }

        return true;
    }

    private int Draw(int count) => Mixer.Below(Mixer.Next(ref _random), count);
}

/// <summary>What a <see cref="ChangeGenerator"/> did to a record.</summary>
public enum GeneratedChangeKind
{
    /// <summary>It created it.</summary>
    Create,

    /// <summary>It updated it.</summary>
    Update,

    /// <summary>It deleted it.</summary>
    Delete,

    /// <summary>It brought it back.</summary>
    Restore,
}

/// <summary>One change that a <see cref="ChangeGenerator"/> made.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Table">The record's table.</param>
/// <param name="Id">The record's id.</param>
public readonly record struct GeneratedChange(GeneratedChangeKind Kind, SandboxTable Table, Guid Id)
{
    /// <summary>How many columns an update named.</summary>
    public int Columns { get; init; }
}

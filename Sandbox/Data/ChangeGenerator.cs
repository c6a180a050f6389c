namespace DataExport.Sandbox;

/// <summary>
/// Makes random business changes: a fifth creates, seven tenths updates of one to five columns, the rest deletes and a
/// few restores. Now and then pairs are joined or parted, or the parties of an activity replaced. Some records are hot,
/// and now and then one is saved several times within a second. The same seed on the same sandbox makes the same
/// changes, as long as one thread makes them.
/// </summary>
public sealed class ChangeGenerator
{
    private const int HotRecords = 64;
    private const int DeletedMax = 1024;
    private const int AttemptsMax = 64;

    private readonly DataverseSandbox _sandbox;
    private readonly SetChanges _sets;
    private readonly int _shares;
    private readonly Lock _gate = new();
    private readonly Queue<(SandboxTable Table, Guid Id)> _deleted = new();
    private ulong _random;
    private GeneratedChange _burst;
    private int _burstLeft;

    /// <param name="sandbox">What is changed.</param>
    /// <param name="seed">Decides which changes are made.</param>
    public ChangeGenerator(DataverseSandbox sandbox, int seed)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        _sandbox = sandbox;
        _sets = new SetChanges(sandbox);
        _shares = sandbox.Model.Shares.Sum();
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

        if (_sets.Any
            && Draw(_sandbox.Model.ChangesPerSetChange) == 0
            && _sets.TryChoose(ref _random, out var setChange))
        {
            return setChange;
        }

        var table = TableOf(Draw(_shares));
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

    private SandboxTable TableOf(int draw)
    {
        var shares = _sandbox.Model.Shares;
        var table = 0;
        while (draw >= shares[table])
        {
            draw -= shares[table++];
        }

        return _sandbox.Tables[table];
    }

    private bool TryChooseRecord(SandboxTable table, bool isHot, out Guid id) =>
        _sandbox.StoreOf(table).TryChoose(ref _random, isHot ? HotRecords : int.MaxValue, out id);

    private bool TryMake(ref GeneratedChange change)
    {
        switch (change.Kind)
        {
            case GeneratedChangeKind.Create:
                change = change with { Id = _sandbox.Create(change.Table) };
                return true;
            case GeneratedChangeKind.Update:
                return _sandbox.Update(change.Table, change.Id, change.Columns);
            case GeneratedChangeKind.Associate or GeneratedChangeKind.Disassociate or GeneratedChangeKind.Parties:
                return _sets.Make(change);
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

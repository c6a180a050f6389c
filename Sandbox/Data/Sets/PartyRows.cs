namespace DataExport.Sandbox;

/// <summary>
/// The parties of activities. An update that sends a list replaces all parties of its part, and the new ones have new
/// ids.
/// </summary>
internal sealed class PartyRows
{
    private const int PartiesMax = 3;

    private readonly TableStore _store;
    private readonly VersionCounter _versions;
    private readonly SandboxColumn _activity;
    private readonly SandboxColumn _party;
    private readonly SandboxColumn _mask;
    private readonly SandboxColumn _address;

    public PartyRows(TableStore store, VersionCounter versions)
    {
        (_store, _versions) = (store, versions);
        var table = store.Table;
        _activity = table.Column(ActivityPartyTable.Activity)!;
        _party = table.Column(ActivityPartyTable.Party)!;
        _mask = table.Column(ActivityPartyTable.Mask)!;
        _address = table.Column(ActivityPartyTable.Address)!;
    }

    /// <summary>The table that the rows are in.</summary>
    public SandboxTable Table => _store.Table;

    /// <summary>Gives a new activity its parties: most have none.</summary>
    public void Begin(SandboxTable table, in SandboxRecord activity)
    {
        if ((Mixer.Mix(activity.Number) & 3) != 0)
        {
            return;
        }

        foreach (var ordinal in table.PartyLists)
        {
            if ((Mixer.Mix(activity.Number, (ulong)ordinal) & 1) == 0)
            {
                Add(table.All[ordinal], activity, 0);
            }
        }
    }

    /// <summary>Adds one party in the parts of the first two lists.</summary>
    /// <returns>How many there are.</returns>
    public int Seed(SandboxTable table, in SandboxRecord activity)
    {
        var lists = Math.Min(2, table.PartyLists.Length);
        foreach (var ordinal in table.PartyLists.AsSpan(0, lists))
        {
            Add(table.All[ordinal], activity.Id, Mixer.Mix(table.All[ordinal].Salt, activity.Number));
        }

        return lists;
    }

    /// <summary>Replaces the parties of one part.</summary>
    public void Replace(SandboxColumn list, in SandboxRecord activity)
    {
        var mask = ActivityPartyTable.MaskOf(list.Name);
        lock (_store.Gate)
        {
            foreach (var number in _store.SetOf(_activity.Ordinal, activity.Id).ToArray())
            {
                if (_store.Read(number).Stored!.CellOf(_mask.Ordinal).Number == mask)
                {
                    _store.At(number).IsAlive = false;
                    _store.Log(number, _versions.Next(), aliveChange: -1);
                }
            }
        }

        Add(list, activity, ColumnRevisions.Of(activity.Revisions, list.Ordinal));
    }

    /// <summary>The parties of an activity as they are.</summary>
    public SandboxRecord[] Of(Guid activity)
    {
        lock (_store.Gate)
        {
            return [.. _store.SetOf(_activity.Ordinal, activity).Select(_store.Read)];
        }
    }

    /// <summary>Whether a party plays the part of a list.</summary>
    public bool IsIn(SandboxColumn list, in SandboxRecord party) =>
        party.Stored!.CellOf(_mask.Ordinal).Number == ActivityPartyTable.MaskOf(list.Name);

    private void Add(SandboxColumn list, in SandboxRecord activity, int revision)
    {
        var hash = Mixer.Mix(list.Salt + (ulong)revision, activity.Number);
        var parties = list.Name is "from" or "organizer" ? 1 : 1 + Mixer.Below(hash, PartiesMax);
        for (var party = 0; party < parties; party++)
        {
            Add(list, activity.Id, Mixer.Mix(hash, (ulong)party));
        }
    }

    private void Add(SandboxColumn list, Guid activity, ulong hash)
    {
        var target = Mixer.Below(hash << 16, _party.TargetIndexes.Length);
        var number = Mixer.Below(hash, _party.TargetRecords[target]);
        var row = new StoredRow(
            null,
            [(ushort)_activity.Ordinal, (ushort)_party.Ordinal, (ushort)_mask.Ordinal, (ushort)_address.Ordinal],
            [
                Cell.OfReference(activity, _activity.TargetIndexes[0]),
                new Cell(CellKind.Lookup, number, table: (short)_party.TargetIndexes[target]),
                new Cell(CellKind.Option, ActivityPartyTable.MaskOf(list.Name)),
                new Cell(CellKind.Text, (long)hash),
            ]);
        lock (_store.Gate)
        {
            _ = _store.Add(row, 0, 0);
        }
    }
}

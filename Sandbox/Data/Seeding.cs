namespace DataExport.Sandbox;

/// <summary>Fills a new sandbox, without events.</summary>
internal sealed class Seeding(
    DataverseSandbox sandbox, SandboxModel model, TableStore[] stores, VersionCounter versions)
{
    private const uint FiveYears = 5 * 365 * 86_400;

    // Of the rows, and of the activities, so many get a row that joins two records, or parties.
    private const int RowsPerJoin = 50;
    private const int ActivitiesPerParties = 16;

    // Each is kept with its values, unlike all others: a large sandbox is not to be made of them.
    private const int SetRowsMax = 4000;

    private readonly ulong _seed = Mixer.Mix((ulong)(uint)model.Seed, "sandbox");

    /// <summary>Adds rows to all tables, created and changed in the five years before now.</summary>
    public void Fill(long rows)
    {
        var now = RecordTime.ToSeconds(sandbox.Clock.GetUtcNow());
        var total = model.Shares.Sum();
        var last = model.OrdinaryTables - 1;
        var ordinary = model.Shares.Take(last).Sum(share => rows * share / total);
        var room = Math.Min((rows - ordinary) / 2, SetRowsMax);
        long sets = 0;
        for (var index = 0; index < last; index++)
        {
            Fill(stores[index], rows * model.Shares[index] / total, now);
            sets += AddParties(stores[index], (room / 2) - sets);
        }

        Fill(stores[last], rows - ordinary - room, now);
        foreach (var relationship in sandbox.Relationships)
        {
            sets += Join(relationship, Math.Min(room - sets, rows / RowsPerJoin));
        }

        Fill(stores[last], room - sets, now);
    }

    /// <summary>Adds the rows that came with the tables.</summary>
    public void Load()
    {
        var now = RecordTime.ToSeconds(sandbox.Clock.GetUtcNow());
        for (var index = 0; index < model.Loaded.Length; index++)
        {
            var store = stores[index];
            lock (store.Gate)
            {
                foreach (var row in model.Loaded[index])
                {
                    _ = store.Add(row.Values, row.CreatedOn ?? now, row.ModifiedOn ?? row.CreatedOn ?? now);
                }
            }
        }
    }

    private void Fill(TableStore store, long rows, uint now)
    {
        lock (store.Gate)
        {
            for (long row = 0; row < rows; row++)
            {
                var hash = Mixer.Mix(_seed, ((ulong)store.Table.Index << 32) + store.Count);
                var createdOn = now - (uint)Mixer.Below(hash, (int)FiveYears);
                var modifiedOn = createdOn + (uint)((now - createdOn) * (hash & 0xFF) / 256);
                store.Begin(store.Reserve(), versions.Next(), createdOn, modifiedOn);
            }
        }
    }

    private long AddParties(TableStore store, long rowsMax)
    {
        long added = 0;
        for (uint number = 0; store.Table.PartyLists.Length > 0 && number < store.Count; number += ActivitiesPerParties)
        {
            if (added + 2 <= rowsMax && store.TryReadAlive(number, out var activity))
            {
                added += sandbox.Parties!.Seed(store.Table, activity);
            }
        }

        return added;
    }

    private long Join(SandboxRelationship relationship, long rows)
    {
        if (sandbox.StoreOf(relationship.Table1) is not { Count: > 0 } first
            || sandbox.StoreOf(relationship.Table2) is not { Count: > 0 } second)
        {
            return 0;
        }

        long joined = 0;
        for (long attempt = 0; attempt < rows; attempt++)
        {
            var hash = Mixer.Mix(_seed + (ulong)attempt, relationship.SchemaName);
            _ = first.TryReadAlive((uint)Mixer.Below(hash, (int)first.Count), out var one);
            _ = second.TryReadAlive((uint)Mixer.Below(hash << 32, (int)second.Count), out var other);
            joined += sandbox.Sets.Join(relationship, one.Id, other.Id) ? 1 : 0;
        }

        return joined;
    }
}

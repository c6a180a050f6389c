namespace DataExport.Sandbox;

// Changes of single records: under the record's lock, and each with its post.
public sealed partial class DataverseSandbox
{
    private Guid Create(SandboxTable table, bool isSilent)
    {
        var store = OrdinaryStoreOf(table);
        var number = store.Reserve();
        lock (_locks.Of(table, number))
        {
            SandboxRecord record;
            lock (store.Gate)
            {
                var now = RecordTime.ToSeconds(_clock.GetUtcNow());
                store.Begin(number, _versions.Next(), now, now);
                record = store.Read(number);
            }

            if (table.PartyLists.Length > 0)
            {
                Parties!.Begin(table, record);
            }

            if (!isSilent)
            {
                Post(table, MessageKind.Create, record, default);
            }

            return record.Id;
        }
    }

    private bool Update(SandboxTable table, Guid id, ReadOnlySpan<int> ordinals, bool isSilent)
    {
        var store = OrdinaryStoreOf(table);
        if (!store.TryGetNumber(id, out var number))
        {
            return false;
        }

        Span<int> changed = stackalloc int[table.All.Length];
        var sent = changed[..SentColumns.Gather(table, ordinals, changed)];
        if (!isSilent && _poster.ShapeOf(table).ModifiedBy is { } modifiedBy)
        {
            changed[sent.Length] = modifiedBy;
            changed = changed[..(sent.Length + 1)];
        }
        else
        {
            changed = sent;
        }

        lock (_locks.Of(table, number))
        {
            SandboxRecord record;
            lock (store.Gate)
            {
                ref var state = ref store.At(number);
                if (!state.IsAlive)
                {
                    return false;
                }

                state.Revisions = ColumnRevisions.Raise(state.Revisions, changed);
                state.ModifiedOn = isSilent ? state.ModifiedOn : RecordTime.ToSeconds(_clock.GetUtcNow());

                store.Log(number, _versions.Next(), 0);
                record = store.Read(number);
            }

            ReplaceParties(table, record, sent);
            if (!isSilent)
            {
                Post(table, MessageKind.Update, record, sent);
            }

            return true;
        }
    }

    /// <summary>
    /// Computes the computed columns of a record anew, as a job of the environment does: without an event, a new
    /// version or another time of change.
    /// </summary>
    /// <returns>Whether the record exists and has such columns.</returns>
    public bool Recompute(SandboxTable table, Guid id)
    {
        ArgumentNullException.ThrowIfNull(table);
        var store = StoreOf(table);
        int[] computed = [.. table.Columns.Where(static column => column.IsComputed)
            .Select(static column => column.Ordinal)];
        if (computed.Length == 0 || !store.TryGetNumber(id, out var number))
        {
            return false;
        }

        lock (_locks.Of(table, number))
        {
            lock (store.Gate)
            {
                ref var state = ref store.At(number);
                if (state.IsAlive)
                {
                    state.Revisions = ColumnRevisions.Raise(state.Revisions, computed);
                }

                return state.IsAlive;
            }
        }
    }

    private bool SetAlive(SandboxTable table, Guid id, bool isAlive, MessageKind? message)
    {
        var store = OrdinaryStoreOf(table);
        if (!store.TryGetNumber(id, out var number))
        {
            return false;
        }

        lock (_locks.Of(table, number))
        {
            SandboxRecord record;
            lock (store.Gate)
            {
                ref var state = ref store.At(number);
                if (state.IsAlive == isAlive || state.Version == 0)
                {
                    return false;
                }

                state.IsAlive = isAlive;
                store.Log(number, _versions.Next(), isAlive ? 1 : -1);
                record = store.Read(number);
            }

            if (!isAlive)
            {
                // Without a message of their own, as all that a cascade takes along.
                Sets.EndOf(table, id);
            }

            if (message is { } kind)
            {
                Post(table, kind, record, default);
            }

            return true;
        }
    }

    private void ReplaceParties(SandboxTable table, in SandboxRecord record, ReadOnlySpan<int> sent)
    {
        if (table.PartyLists.Length == 0)
        {
            return;
        }

        foreach (var ordinal in sent)
        {
            if (table.All[ordinal].Type is SandboxColumnType.PartyList)
            {
                Parties!.Replace(table.All[ordinal], record);
            }
        }
    }

    private void Post(SandboxTable table, MessageKind kind, in SandboxRecord record, ReadOnlySpan<int> sent) =>
        _poster.Post(table, kind, record, sent);
}

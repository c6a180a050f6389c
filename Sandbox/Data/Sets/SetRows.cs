namespace DataExport.Sandbox;

/// <summary>The rows of intersect tables: they come and go with other records, without messages.</summary>
internal sealed class SetRows(SandboxModel model, TableStore[] stores, VersionCounter versions)
{
    private readonly Dictionary<string, TableStore> _stores =
        stores.ToDictionary(store => store.Table.Name, StringComparer.Ordinal);

    /// <summary>All relationships.</summary>
    public SandboxRelationship[] Relationships { get; } =
        [.. model.Tables.SelectMany(table => table.Relationships)];

    /// <summary>Joins two records.</summary>
    /// <returns>Whether they were not joined before.</returns>
    public bool Join(SandboxRelationship relationship, Guid first, Guid second)
    {
        var store = _stores[relationship.Intersect];
        lock (store.Gate)
        {
            var id = IntersectTable.IdOf(relationship, first, second);
            if (!store.TryGetNumber(id, out var number))
            {
                _ = store.Add(IntersectTable.Row(store.Table, relationship, first, second), 0, 0);
                return true;
            }

            ref var state = ref store.At(number);
            if (state.IsAlive)
            {
                return false;
            }

            state.IsAlive = true;
            store.Log(number, versions.Next(), aliveChange: 1);
            return true;
        }
    }

    /// <summary>Parts two records.</summary>
    /// <returns>Whether they were joined.</returns>
    public bool Part(SandboxRelationship relationship, Guid first, Guid second)
    {
        var store = _stores[relationship.Intersect];
        lock (store.Gate)
        {
            return store.TryGetNumber(IntersectTable.IdOf(relationship, first, second), out var number)
                && End(store, number);
        }
    }

    /// <summary>The records that one is joined with, as <paramref name="isFirst"/> of the pairs or as second.</summary>
    public List<Guid> RelatedTo(SandboxRelationship relationship, Guid id, bool isFirst)
    {
        var store = _stores[relationship.Intersect];
        var own = Ordinal(store, isFirst ? relationship.Column1 : relationship.Column2);
        var other = Ordinal(store, isFirst ? relationship.Column2 : relationship.Column1);
        var related = new List<Guid>();
        lock (store.Gate)
        {
            foreach (var number in store.SetOf(own, id))
            {
                related.Add(store.Read(number).Stored!.CellOf(other).Id);
            }
        }

        return related;
    }

    /// <summary>Ends all rows that a deleted record is part of.</summary>
    public void EndOf(SandboxTable table, Guid id)
    {
        foreach (var relationship in Relationships)
        {
            if (relationship.Table1 == table.Name)
            {
                EndOf(relationship.Intersect, relationship.Column1, id);
            }

            if (relationship.Table2 == table.Name)
            {
                EndOf(relationship.Intersect, relationship.Column2, id);
            }
        }

        if (table.PartyLists.Length > 0)
        {
            EndOf(ActivityPartyTable.Name, ActivityPartyTable.Activity, id);
        }
    }

    private void EndOf(string table, string column, Guid id)
    {
        var store = _stores[table];
        lock (store.Gate)
        {
            foreach (var number in store.SetOf(Ordinal(store, column), id).ToArray())
            {
                _ = End(store, number);
            }
        }
    }

    private bool End(TableStore store, uint number)
    {
        ref var state = ref store.At(number);
        if (!state.IsAlive)
        {
            return false;
        }

        state.IsAlive = false;
        store.Log(number, versions.Next(), aliveChange: -1);
        return true;
    }

    private static int Ordinal(TableStore store, string column) => store.Table.Column(column)!.Ordinal;
}

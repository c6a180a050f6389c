namespace DataExport.Sandbox;

/// <summary>Chooses and makes random changes of N:N rows and of the parties of activities.</summary>
internal sealed class SetChanges
{
    private const int RelatedMax = 3;

    private readonly DataverseSandbox _sandbox;
    private readonly SandboxTable[] _activities;
    private readonly SandboxRelationship[] _relationships;

    public SetChanges(DataverseSandbox sandbox)
    {
        _sandbox = sandbox;
        _activities = [.. sandbox.Tables.Where(table => table.PartyLists.Length > 0)];
        _relationships = [.. sandbox.Relationships.Where(each =>
            sandbox.StoreOf(each.Table1) is not null && sandbox.StoreOf(each.Table2) is not null)];
    }

    /// <summary>Whether there is anything to change.</summary>
    public bool Any => _activities.Length + _relationships.Length > 0;

    /// <summary>Chooses a change: half of them of parties, where there are any.</summary>
    public bool TryChoose(ref ulong random, out GeneratedChange change)
    {
        var isParties = _relationships.Length == 0 || (_activities.Length > 0 && Draw(ref random, 2) == 0);
        return isParties ? TryChooseParties(ref random, out change) : TryChoosePair(ref random, out change);
    }

    /// <summary>Makes a chosen change.</summary>
    /// <returns>Whether it changed anything.</returns>
    public bool Make(in GeneratedChange change) => change.Kind switch
    {
        GeneratedChangeKind.Associate =>
            _sandbox.Associate(change.Relationship!, change.Table, change.Id, change.Related!) > 0,
        GeneratedChangeKind.Disassociate =>
            _sandbox.Disassociate(change.Relationship!, change.Table, change.Id, change.Related!) > 0,
        _ => _sandbox.Update(change.Table, change.Id, [change.List]),
    };

    private bool TryChooseParties(ref ulong random, out GeneratedChange change)
    {
        var table = _activities[Draw(ref random, _activities.Length)];
        var isFound = _sandbox.StoreOf(table).TryChoose(ref random, int.MaxValue, out var id);
        change = new GeneratedChange(GeneratedChangeKind.Parties, table, id)
        {
            List = table.PartyLists[Draw(ref random, table.PartyLists.Length)],
        };
        return isFound;
    }

    private bool TryChoosePair(ref ulong random, out GeneratedChange change)
    {
        var relationship = _relationships[Draw(ref random, _relationships.Length)];
        var isFirst = relationship.Table1 == relationship.Table2 || Draw(ref random, 2) == 0;
        var store = _sandbox.StoreOf(isFirst ? relationship.Table1 : relationship.Table2)!;
        change = default;
        if (!store.TryChoose(ref random, int.MaxValue, out var id))
        {
            return false;
        }

        var related = Draw(ref random, 5) < 2 ? Joined(ref random, relationship, id, isFirst) : [];
        var kind = related.Count > 0 ? GeneratedChangeKind.Disassociate : GeneratedChangeKind.Associate;
        if (related.Count == 0)
        {
            related = Others(ref random, _sandbox.StoreOf(isFirst ? relationship.Table2 : relationship.Table1)!);
        }

        change = new GeneratedChange(kind, store.Table, id) { Relationship = relationship, Related = related };
        return related.Count > 0;
    }

    private List<Guid> Joined(ref ulong random, SandboxRelationship relationship, Guid id, bool isFirst)
    {
        var related = _sandbox.Sets.RelatedTo(relationship, id, isFirst);
        var count = Math.Min(related.Count, 1 + Draw(ref random, RelatedMax));
        return related.GetRange(related.Count - count, count);
    }

    private static List<Guid> Others(ref ulong random, TableStore store)
    {
        var others = new List<Guid>();
        for (var count = 1 + Draw(ref random, RelatedMax); count > 0; count--)
        {
            if (store.TryChoose(ref random, int.MaxValue, out var other) && !others.Contains(other))
            {
                others.Add(other);
            }
        }

        return others;
    }

    private static int Draw(ref ulong random, int count) => Mixer.Below(Mixer.Next(ref random), count);
}

namespace DataExport.Sandbox;

// Changes of N:N rows.
public sealed partial class DataverseSandbox
{
    /// <summary>Joins a record with others; one message names all that were not joined with it before.</summary>
    /// <param name="relationship">The relationship.</param>
    /// <param name="target">The record's table, on either side; of a table joined with itself the first.</param>
    /// <param name="id">The record.</param>
    /// <param name="related">The others, of the other side's table.</param>
    /// <returns>How many were joined. Those that do not exist are not.</returns>
    public int Associate(
        SandboxRelationship relationship, SandboxTable target, Guid id, IReadOnlyList<Guid> related) =>
        Change(MessageKind.Associate, relationship, (target, id), related, isSilent: false);

    /// <summary>Parts a record from others; one message names all that were joined with it.</summary>
    /// <returns>How many were parted.</returns>
    public int Disassociate(
        SandboxRelationship relationship, SandboxTable target, Guid id, IReadOnlyList<Guid> related) =>
        Change(MessageKind.Disassociate, relationship, (target, id), related, isSilent: false);

    /// <summary>Joins without an event.</summary>
    /// <returns>How many were joined.</returns>
    public int AssociateSilently(
        SandboxRelationship relationship, SandboxTable target, Guid id, IReadOnlyList<Guid> related) =>
        Change(MessageKind.Associate, relationship, (target, id), related, isSilent: true);

    /// <summary>The ids that a record is joined with.</summary>
    public IReadOnlyList<Guid> Related(SandboxRelationship relationship, SandboxTable target, Guid id)
    {
        ArgumentNullException.ThrowIfNull(relationship);
        ArgumentNullException.ThrowIfNull(target);
        return Sets.RelatedTo(relationship, id, relationship.Table1 == target.Name);
    }

    private int Change(
        MessageKind kind,
        SandboxRelationship relationship,
        (SandboxTable Table, Guid Id) target,
        IReadOnlyList<Guid> related,
        bool isSilent)
    {
        ArgumentNullException.ThrowIfNull(relationship);
        ArgumentNullException.ThrowIfNull(related);
        var isFirst = relationship.Table1 == target.Table.Name;
        if (!isFirst && relationship.Table2 != target.Table.Name)
        {
            throw new ArgumentException($"{target.Table.Name} is no side of {relationship.SchemaName}.");
        }

        var others = StoreOf(isFirst ? relationship.Table2 : relationship.Table1);
        if (!StoreOf(target.Table).TryGetNumber(target.Id, out var number))
        {
            return 0;
        }

        lock (_locks.Of(target.Table, number))
        {
            if (!StoreOf(target.Table).TryReadAlive(number, out var record))
            {
                return 0;
            }

            var changed = related.Where(IsChanged).ToList();
            if (changed.Count > 0 && !isSilent)
            {
                var association = new Association(
                    relationship,
                    target.Table,
                    target.Id,
                    isFirst ? relationship.Table2 : relationship.Table1,
                    changed);
                _poster.Post(kind, association, record, _versions.Next());
            }

            return changed.Count;
        }

        bool IsChanged(Guid other)
        {
            var (first, second) = isFirst ? (target.Id, other) : (other, target.Id);
            return kind is MessageKind.Disassociate
                ? Sets.Part(relationship, first, second)
                : (others is null || (others.TryFind(other, out var record) && record.IsAlive))
                    && Sets.Join(relationship, first, second);
        }
    }
}

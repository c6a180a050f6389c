using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.Notifications;

/// <summary>
/// Adds the sets that a notification made uncertain: the rows of a N:N table that hold one side's id, the parties of an
/// activity. No message names the rows themselves.
/// </summary>
/// <param name="Tables">The catalog.</param>
/// <param name="Result">The notification.</param>
internal readonly record struct SetCollector(TableCatalog Tables, DecodedNotification Result)
{
    /// <summary>Adds the set of an Associate or Disassociate.</summary>
    public void AddAssociation(Parameters parameters, ColumnIndex? primaryTable)
    {
        Result.RelationshipName = parameters.RelationshipName;
        if (!parameters.HasAny)
        {
            AddEveryRelationship(primaryTable);
        }
        else if (parameters.RelationshipName is { } name && FindTarget(parameters, primaryTable) is { } target)
        {
            AddRelationship(name, target);
        }
    }

    /// <summary>Adds the parties of an activity; nothing for records of other tables.</summary>
    public void AddParties(ColumnIndex table, Guid id)
    {
        if (table.IsActivity && Tables.ActivityParties is { } parties)
        {
            Add(parties, id, TableDefinition.ActivityColumn);
        }
    }

    /// <summary>The record that others were associated to: its table's name and its id.</summary>
    private SetTarget? FindTarget(Parameters parameters, ColumnIndex? primaryTable)
    {
        foreach (ref readonly var record in parameters.Records)
        {
            if (record.Role is ParameterRole.Record && record.Id != Guid.Empty)
            {
                return record.NamesTable
                    ? new SetTarget(record.TableName, record.Table, record.Id)
                    : new SetTarget(Result.PrimaryEntityName, primaryTable, record.Id);
            }
        }

        return Result.PrimaryEntityId == Guid.Empty
            ? null
            : new SetTarget(Result.PrimaryEntityName, primaryTable, Result.PrimaryEntityId);
    }

    private void AddRelationship(string name, in SetTarget target)
    {
        if (!Tables.TryFindRelationship(name, out var found))
        {
            if (Tables.TakesAnyTable && target.Table is { } table)
            {
                AddSet(table, target.Id, column: null);
            }

            return;
        }

        var relationship = found.Relationship;
        var isFirst = target.TableName == relationship.Table1;
        var isSecond = target.TableName == relationship.Table2;

        // Between records of one table the message does not tell the sides apart, nor where it names another table.
        if (isFirst || !isSecond)
        {
            AddSet(found.Table, target.Id, relationship.Column1);
        }

        if (isSecond || !isFirst)
        {
            AddSet(found.Table, target.Id, relationship.Column2);
        }
    }

    /// <summary>
    /// Adds every set that the envelope's record can have: what came without its parameters does not tell which.
    /// </summary>
    private void AddEveryRelationship(ColumnIndex? primaryTable)
    {
        if (Tables.TakesAnyTable && primaryTable is not null)
        {
            AddSetOfPrimary(primaryTable, column: null);
        }

        // Where the envelope names no table, which is usual, its record may stand on either side of all of them.
        var isOfAnyTable = Result.PrimaryEntityName is "" or "none";
        foreach (var (table, relationship) in Tables.Relationships)
        {
            if (isOfAnyTable || relationship.Table1 == Result.PrimaryEntityName)
            {
                AddSetOfPrimary(table, relationship.Column1);
            }

            if (isOfAnyTable || relationship.Table2 == Result.PrimaryEntityName)
            {
                AddSetOfPrimary(table, relationship.Column2);
            }
        }
    }

    /// <summary>Adds a set of the envelope's record; where it names none, the set cannot be asked for.</summary>
    private void AddSetOfPrimary(ColumnIndex table, string? column)
    {
        if (Result.PrimaryEntityId == Guid.Empty)
        {
            Result.HasUnnamedRecords = true;
        }
        else
        {
            AddSet(table, Result.PrimaryEntityId, column);
        }
    }

    /// <summary>Adds a set once. A notification has two for each relationship of the catalog, at most.</summary>
    private void AddSet(ColumnIndex table, Guid id, string? column)
    {
        foreach (var change in Result.Changes)
        {
            if (change.Key.SetColumn == column && change.Key.Table == table.Table.Name)
            {
                return;
            }
        }

        Add(table, id, column);
    }

    private void Add(ColumnIndex table, Guid id, string? column) => Result.Add(
        new RecordChange
        {
            Key = new RecordKey(Tables.ProfileId, table.Table.Name, id, column),
            Kind = ChangeKind.Touched,
            OperationId = Result.OperationId,
            Reason = UncertainReason.SetChanged,
        },
        table.Table);

    private readonly record struct SetTarget(string TableName, ColumnIndex? Table, Guid Id);
}

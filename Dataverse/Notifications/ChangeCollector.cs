using DataExport.Dataverse.Columns;

namespace DataExport.Dataverse.Notifications;

/// <summary>Adds changes to a notification, of the tables that the catalog has.</summary>
/// <param name="Tables">The catalog.</param>
/// <param name="Result">The notification.</param>
/// <param name="Kind">What kind of message it is.</param>
/// <param name="PrimaryTable">The table that the envelope names, if the catalog has it.</param>
internal readonly record struct ChangeCollector(
    TableCatalog Tables, DecodedNotification Result, MessageKind Kind, ColumnIndex? PrimaryTable)
{
    public Guid PrimaryEntityId => Result.PrimaryEntityId;

    /// <summary>
    /// Whether the message's targets are records that it changed. Rows of N:N tables have no id to name.
    /// </summary>
    public bool NamesRecords => Kind is not (MessageKind.Associate or MessageKind.Disassociate);

    /// <summary>Adds what can be said of a notification that came without its parameters.</summary>
    public void AddWithoutParameters()
    {
        if (Kind is MessageKind.Delete)
        {
            // A deletion has lost nothing that it needs.
            AddDelete(PrimaryTable, PrimaryEntityId);
        }
        else if (NamesRecords)
        {
            var hasLostColumns = Result.IsTruncated || Kind is not MessageKind.Other;
            AddTouched(
                PrimaryTable,
                PrimaryEntityId,
                hasLostColumns ? UncertainReason.Truncated : UncertainReason.OtherMessage);
        }
    }

    /// <summary>Adds the record that the envelope names, if the parameters did not.</summary>
    public void AddForPrimaryRecord()
    {
        if (!NamesRecords || (Kind is not MessageKind.Other && Result.Changes.Count > 0) || HasPrimaryRecord())
        {
            return;
        }

        if (Kind is MessageKind.Delete)
        {
            AddDelete(PrimaryTable, PrimaryEntityId);
        }
        else
        {
            AddTouched(
                PrimaryTable,
                PrimaryEntityId,
                Kind is MessageKind.Other ? UncertainReason.OtherMessage : UncertainReason.Undecodable);
        }
    }

    /// <summary>Adds the create or update that <paramref name="record"/> holds.</summary>
    public void AddUpsert(RecordReader record, ChangeKind kind, Guid id)
    {
        var table = record.Table!;
        Result.Add(
            new RecordChange
            {
                Key = KeyOf(table, id),
                Kind = kind,
                ModifiedOn = record.ModifiedOn,
                OperationId = Result.OperationId,
                Columns = record.TakeColumns(),
            },
            table.Table);
    }

    /// <summary>Adds a deletion; nothing without a table of the catalog and an id.</summary>
    public void AddDelete(ColumnIndex? table, Guid id)
    {
        if (table is not null && id != Guid.Empty)
        {
            Result.Add(
                new RecordChange
                {
                    Key = KeyOf(table, id),
                    Kind = ChangeKind.Delete,
                    ModifiedOn = Result.OperationCreatedOn,
                    OperationId = Result.OperationId,
                },
                table.Table);
        }
    }

    /// <summary>Adds a question; nothing without a table of the catalog and an id.</summary>
    public void AddTouched(ColumnIndex? table, Guid id, UncertainReason reason)
    {
        if (table is not null && id != Guid.Empty)
        {
            Result.Add(
                new RecordChange
                {
                    Key = KeyOf(table, id),
                    Kind = ChangeKind.Touched,
                    OperationId = Result.OperationId,
                    Reason = reason,
                },
                table.Table);
        }
    }

    private RecordKey KeyOf(ColumnIndex table, Guid id) => new(Tables.ProfileId, table.Table.Name, id);

    private bool HasPrimaryRecord()
    {
        foreach (var change in Result.Changes)
        {
            if (change.Key.RecordId == PrimaryEntityId && change.Key.Table == PrimaryTable?.Table.Name)
            {
                return true;
            }
        }

        return false;
    }
}

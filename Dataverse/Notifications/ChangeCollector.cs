using DataExport.Dataverse.Columns;
using DataExport.Grains.Selection;

namespace DataExport.Dataverse.Notifications;

/// <summary>Adds changes to a notification, of the tables that the catalog has.</summary>
/// <param name="Tables">The catalog.</param>
/// <param name="Result">The notification.</param>
/// <param name="Kind">What kind of message it is.</param>
/// <param name="PrimaryTable">The table that the envelope names, if the catalog has it.</param>
internal readonly record struct ChangeCollector(
    TableCatalog Tables, DecodedNotification Result, MessageKind Kind, ColumnIndex? PrimaryTable)
{
    /// <summary>The record after the change, where an image tells of the columns of its table's filter.</summary>
    private ReadRecord? Image { get; init; }

    private Guid PrimaryEntityId => Result.PrimaryEntityId;

    private SetCollector Sets => new(Tables, Result);

    /// <summary>Whether messages of the kind are about more records than the envelope can name.</summary>
    private bool IsOfSeveral =>
        Kind is MessageKind.CreateMultiple or MessageKind.UpdateMultiple or MessageKind.DeleteMultiple
        || Result.MessageName == "Merge";

    /// <summary>Adds what the parameters told.</summary>
    public void Add(Parameters parameters) => (this with { Image = parameters.Image }).AddAll(parameters);

    private void AddAll(Parameters parameters)
    {
        if (Kind is MessageKind.Associate or MessageKind.Disassociate)
        {
            Sets.AddAssociation(parameters, PrimaryTable);
            return;
        }

        if (!parameters.HasAny)
        {
            AddWithoutParameters();
            return;
        }

        foreach (ref readonly var record in parameters.Records)
        {
            AddRecord(record, parameters);
        }

        AddForPrimaryRecord();
    }

    private void AddRecord(in ReadRecord record, Parameters parameters)
    {
        // The record that a merge deactivates is of the same table as the one that it goes into.
        var table = record.NamesTable ? record.Table : PrimaryTable ?? parameters.Records[0].Table;
        var id = record.Id == Guid.Empty ? IdBesides(record) : record.Id;
        switch (Kind)
        {
            case MessageKind.Create or MessageKind.CreateMultiple when record.HasAttributes:
                AddUpsert(record, ChangeKind.Create, table, id);
                break;
            case MessageKind.Update or MessageKind.UpdateMultiple when record.HasAttributes:
                AddUpsert(record, ChangeKind.Update, table, id);
                break;
            case MessageKind.Create or MessageKind.Update:
                break;
            case MessageKind.Delete or MessageKind.DeleteMultiple:
                AddDelete(table, id);
                break;
            default:
                AddTouched(table, id, UncertainReason.OtherMessage);
                break;
        }
    }

    /// <summary>
    /// The id of a record that has none of its own: that of the envelope, or the one among its columns.
    /// </summary>
    private Guid IdBesides(in ReadRecord record)
    {
        if (record.Role is ParameterRole.Record && PrimaryEntityId != Guid.Empty)
        {
            return PrimaryEntityId;
        }

        return record is { Columns: { } columns, Table: { PrimaryIdOrdinal: >= 0 } table }
            && columns.TryGet(table.PrimaryIdOrdinal, out var id) && id.Kind is ColumnValueKind.Guid
            ? id.Guid
            : Guid.Empty;
    }

    /// <summary>Adds what can be said of a notification that came without its parameters.</summary>
    private void AddWithoutParameters()
    {
        var hasLostAny = Result.IsTruncated || Kind is not MessageKind.Other;
        Result.HasUnnamedRecords =
            hasLostAny && PrimaryTable is not null && (IsOfSeveral || PrimaryEntityId == Guid.Empty);
        if (Kind is MessageKind.Delete)
        {
            // A deletion has lost nothing that it needs.
            AddDelete(PrimaryTable, PrimaryEntityId);
        }
        else
        {
            AddTouched(
                PrimaryTable,
                PrimaryEntityId,
                hasLostAny ? UncertainReason.Truncated : UncertainReason.OtherMessage);
        }
    }

    /// <summary>Adds the record that the envelope names, if the parameters did not.</summary>
    private void AddForPrimaryRecord()
    {
        if ((Kind is not MessageKind.Other && Result.Changes.Count > 0) || HasPrimaryRecord())
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

    /// <summary>Adds a create or update, or the question that it is if a column cannot be read.</summary>
    private void AddUpsert(in ReadRecord record, ChangeKind kind, ColumnIndex? table, Guid id)
    {
        if (table is null)
        {
            return;
        }

        if (id == Guid.Empty)
        {
            throw new DecodeException(record.Position, "the record has no id");
        }

        if (record.Columns is null || record.Table != table)
        {
            AddTouched(table, id, UncertainReason.Undecodable);
            return;
        }

        var isOutside = table.Selection?.Filter is { } filter
            && filter.Evaluate(ToldOf(record, kind, id)) is FilterOutcome.Outside;
        Result.Add(
            new RecordChange
            {
                Key = KeyOf(table, id),
                Kind = isOutside ? ChangeKind.Outside : kind,
                ModifiedOn = record.ModifiedOn,
                OperationId = Result.OperationId,
                Columns = isOutside ? null : record.Columns,
            },
            table.Table,
            record.Mojibake);
        if (kind is ChangeKind.Create || record.TouchesParties)
        {
            Sets.AddParties(table, id);
        }
    }

    /// <summary>
    /// What is known of the columns of a filter. A create brings all that are not empty, and so does an image; an
    /// update alone brings what was sent, and of the rest nothing is known.
    /// </summary>
    private FilterRow ToldOf(in ReadRecord record, ChangeKind kind, Guid id)
    {
        if (Image is { FilterColumns: { } image } shown && shown.Table == record.Table && shown.Id == id)
        {
            return FilterRow.Image(image, record.FilterColumns);
        }

        return kind is ChangeKind.Create
            ? FilterRow.Whole(record.FilterColumns!)
            : FilterRow.Part(record.FilterColumns);
    }

    /// <summary>Adds a deletion; nothing without a table of the catalog and an id.</summary>
    private void AddDelete(ColumnIndex? table, Guid id)
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
            Sets.AddParties(table, id);
        }
    }

    /// <summary>Adds a question; nothing without a table of the catalog and an id.</summary>
    private void AddTouched(ColumnIndex? table, Guid id, UncertainReason reason)
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
            Sets.AddParties(table, id);
        }
    }

    private RecordKey KeyOf(ColumnIndex table, Guid id) => new(Tables.ProfileId, table.Table.Name, id);

    private bool HasPrimaryRecord()
    {
        for (var index = 0; index < Result.Changes.Count; index++)
        {
            var key = Result.Changes[index].Key;
            if (key.RecordId == PrimaryEntityId && key.SetColumn is null && key.Table == PrimaryTable?.Table.Name)
            {
                return true;
            }
        }

        return false;
    }
}

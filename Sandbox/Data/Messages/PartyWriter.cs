namespace DataExport.Sandbox;

/// <summary>Writes the lists of parties in the message of an activity.</summary>
internal sealed class PartyWriter(RecordIds ids, PartyRows parties)
{
    private readonly MessageCells _cells = new(ids);

    /// <summary>Writes one list, a comma after it; an empty one only where it was sent.</summary>
    public void Write(Utf8Buffer buffer, SandboxColumn list, in MessageContext context, bool writesEmpty)
    {
        var all = context.Parties ?? [];
        if (!writesEmpty && !Array.Exists(all, party => parties.IsIn(list, party)))
        {
            return;
        }

        buffer.Write(list.MessageKey);
        buffer.Write("{\"__type\":\"EntityCollection"u8);
        buffer.Write(MessageCells.Contracts);
        buffer.Write("\"Entities\":["u8);
        foreach (ref readonly var party in all.AsSpan())
        {
            if (parties.IsIn(list, party))
            {
                // Seen in real messages: some parties have no id.
                Write(buffer, party, hasId: (context.Hash & 3) != 0);
            }
        }

        buffer.TrimComma();
        buffer.Write(
            """
            ],"EntityName":"activityparty","MinActiveRowVersion":"-1","MoreRecords":false,"PagingCookie":null,
            """u8);
        buffer.Write("\"TotalRecordCount\":-1,\"TotalRecordCountLimitExceeded\":false}},"u8);
    }

    private void Write(Utf8Buffer buffer, in SandboxRecord party, bool hasId)
    {
        buffer.Write("{\"Attributes\":["u8);
        if (hasId)
        {
            WriteColumn(buffer, parties.Table.PrimaryId, party);
        }

        foreach (var ordinal in party.Stored!.Ordinals)
        {
            WriteColumn(buffer, parties.Table.All[ordinal], party);
        }

        buffer.TrimComma();
        buffer.Write("],\"EntityState\":null,\"FormattedValues\":[],\"Id\":"u8);
        MessageCells.WriteQuoted(buffer, hasId ? party.Id : default);
        buffer.Write(
            """
            ,"KeyAttributes":[],"LogicalName":"activityparty","RelatedEntities":[],"RowVersion":null},
            """u8);
    }

    private void WriteColumn(Utf8Buffer buffer, SandboxColumn column, in SandboxRecord party) =>
        _cells.WriteAttribute(buffer, parties.Table, column, CellSource.Draw(parties.Table, column, party));
}

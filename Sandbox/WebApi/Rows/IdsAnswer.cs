namespace DataExport.Sandbox;

/// <summary>The records of a list of ids, those that exist and can be read.</summary>
internal sealed class IdsAnswer(WebApiServer server, RowPlan plan, IReadOnlyList<Guid> ids) : PageAnswer(plan)
{
    private int _place;

    protected override bool WriteItems(Utf8Buffer buffer)
    {
        var end = Math.Min(ids.Count, _place + RowsAtOnce);
        for (; _place < end; _place++)
        {
            if (server.Sandbox.TryFind(Plan.Table, ids[_place], out var record)
                && record.IsAlive
                && server.Privileges.CanRead(Plan.Table, record.Number))
            {
                WriteRow(buffer, record);
                server.Counters.AddRows(1);
            }
        }

        return _place < ids.Count;
    }
}

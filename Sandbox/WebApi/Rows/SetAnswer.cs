namespace DataExport.Sandbox;

/// <summary>
/// One page of the rows that hold certain ids in a column. Rows of sets are found by an index, all others by looking at
/// every row.
/// </summary>
internal sealed class SetAnswer : PageAnswer
{
    private readonly WebApiServer _server;
    private readonly TableStore _store;
    private readonly InFilter _filter;
    private readonly HashSet<Guid> _values;
    private readonly uint[]? _found;
    private readonly int _page;
    private uint _next;
    private int _rowsLeft;

    public SetAnswer(WebApiServer server, RowPlan plan, InFilter filter, Preferences preferences, PageToken? token)
        : base(plan)
    {
        _server = server;
        _store = server.Sandbox.StoreOf(plan.Table);
        _filter = filter;
        _values = [.. filter.Values];
        _page = token?.Page ?? 1;
        _next = token is null ? 0 : (uint)token.Place[0];
        _rowsLeft = preferences.PageRows;
        _found = _store.IsSetColumn(filter.Column.Ordinal) ? Find() : null;
        PreferenceApplied = preferences.Applied;
    }

    protected override bool WriteItems(Utf8Buffer buffer)
    {
        for (var seen = 0; seen < RowsAtOnce && _rowsLeft > 0; seen++)
        {
            if (NextNumber() is not { } number)
            {
                return false;
            }

            _next = number + 1;
            if (TryRead(number, out var record))
            {
                WriteRow(buffer, record);
                _server.Counters.AddRows(1);
                _rowsLeft--;
            }
        }

        return _rowsLeft > 0;
    }

    protected override void WriteLinks(Utf8Buffer buffer)
    {
        while (NextNumber() is { } number)
        {
            if (TryRead(number, out _))
            {
                var token = new PageToken { Page = _page + 1, Place = [_next] };
                WriteLink(buffer, "nextLink", "$skiptoken", token.Encode());
                return;
            }

            _next = number + 1;
        }
    }

    /// <summary>The next row to look at.</summary>
    private uint? NextNumber()
    {
        if (_found is null)
        {
            return _next < _store.Count ? _next : null;
        }

        var place = Array.BinarySearch(_found, _next);
        place = place < 0 ? ~place : place;
        return place < _found.Length ? _found[place] : null;
    }

    private bool TryRead(uint number, out SandboxRecord record) =>
        _store.TryReadAlive(number, out record)
        && _server.Privileges.CanRead(Plan.Table, number)
        && _values.Contains(CellValue.GuidOf(
            _server.Sandbox.Ids, CellSource.Draw(Plan.Table, _filter.Column, record)));

    private uint[] Find()
    {
        lock (_store.Gate)
        {
            var ordinal = _filter.Column.Ordinal;
            return [.. _filter.Values.SelectMany(value => _store.SetOf(ordinal, value)).Distinct().Order()];
        }
    }
}

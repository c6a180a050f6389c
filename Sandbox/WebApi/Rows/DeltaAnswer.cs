namespace DataExport.Sandbox;

/// <summary>
/// One page of what changed since a token: first records as they are now, by rising version, then deletions up to the
/// version at which the first part ended. The next token stands for that version, so nothing falls between two deltas.
/// </summary>
internal sealed class DeltaAnswer : PageAnswer
{
    private readonly WebApiServer _server;
    private readonly TableStore _store;
    private readonly SandboxRecord[] _records = new SandboxRecord[RowsAtOnce];
    private readonly int _page;
    private readonly long _from;
    private ChangeCursor _cursor;
    private int _rowsLeft;

    public DeltaAnswer(WebApiServer server, RowPlan plan, Preferences preferences, PageToken position)
        : base(plan)
    {
        _server = server;
        _store = server.Sandbox.StoreOf(plan.Table);
        _page = position.Page;
        _from = position.Place[0];
        _cursor = new ChangeCursor
        {
            After = position.Place[1],
            UpTo = position.Place[2],
            IsAlive = position.Place[2] == long.MaxValue,
        };
        _rowsLeft = preferences.PageRows;
        PreferenceApplied = preferences.Applied;
        server.Tokens.RequireFresh(_from);
    }

    protected override string ContextSuffix => "/$delta";

    /// <summary>The place of a delta's first page.</summary>
    public static PageToken Begin(long version) =>
        new() { Page = 1, IsDelta = true, TracksChanges = true, Place = [version, version, long.MaxValue] };

    protected override bool WriteItems(Utf8Buffer buffer)
    {
        var records = _records.AsSpan(0, Math.Min(RowsAtOnce, _rowsLeft));
        var read = _store.ReadChanged(ref _cursor, records);
        foreach (ref readonly var record in records[..read])
        {
            if (_cursor.IsAlive)
            {
                WriteRow(buffer, record);
            }
            else
            {
                WriteDeletion(buffer, record);
            }
        }

        _rowsLeft -= read;
        _server.Counters.AddRows(read);
        if (_cursor is { IsAtEnd: true, IsAlive: true })
        {
            _cursor = new ChangeCursor { After = _from, UpTo = _cursor.EndVersion };
        }

        return !_cursor.IsAtEnd && _rowsLeft > 0;
    }

    protected override void WriteLinks(Utf8Buffer buffer)
    {
        if (_cursor.IsAtEnd)
        {
            WriteLink(buffer, "deltaLink", "$deltatoken", _server.Tokens.Issue(_cursor.UpTo));
            return;
        }

        var token = new PageToken
        {
            Page = _page + 1,
            IsDelta = true,
            TracksChanges = true,
            Place = [_from, _cursor.After, _cursor.UpTo],
        };
        WriteLink(buffer, "nextLink", "$skiptoken", token.Encode());
    }
}

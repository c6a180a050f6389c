namespace DataExport.Sandbox;

/// <summary>
/// One page of a walk over all records. Records are shown as they are when they are reached. A record that was created
/// after the walk began stands before or behind its present place, as ids do, and is missed in half of the cases.
/// </summary>
internal sealed class WalkAnswer : PageAnswer
{
    // Dataverse counts no further.
    private const long CountMax = 5_000;

    private readonly WebApiServer _server;
    private readonly TableStore _store;
    private readonly SandboxRecord[] _records = new SandboxRecord[RowsAtOnce];
    private readonly CreationFilter? _filter;
    private readonly bool _tracks;
    private readonly Preferences _preferences;
    private readonly int? _top;
    private readonly int _page;
    private readonly string? _token;
    private readonly uint _countAtBegin;
    private uint _next;
    private int _rowsLeft;

    public WalkAnswer(
        WebApiServer server, RowPlan plan, Preferences preferences, PageToken? token, CreationFilter? filter = null)
        : base(plan)
    {
        _server = server;
        _filter = filter;
        _store = server.Sandbox.StoreOf(plan.Table);
        _tracks = token?.TracksChanges ?? preferences.TracksChanges;
        _page = token?.Page ?? 1;
        _token = token is null ? null : Uri.UnescapeDataString(token.Encode());
        _countAtBegin = token is null ? _store.Count : (uint)token.Place[0];
        _next = token is null ? 0 : (uint)token.Place[1];
        _top = token is null ? plan.Top : null;
        _preferences = preferences;
        _rowsLeft = _top ?? preferences.PageRows;
        PreferenceApplied = preferences.Applied;
    }

    protected override string Annotations
    {
        get
        {
            const string Crm = "@Microsoft.Dynamics.CRM.";
            var count = Plan.IsCounted ? $"\"@odata.count\":{Math.Min(CountMax, _store.Alive)}," : "";
            var totals = _preferences.AnnotatesAll
                ? $"\"{Crm}totalrecordcount\":-1,\"{Crm}totalrecordcountlimitexceeded\":false,"
                : "";
            var metadata = _preferences.AnnotatesMetadata
                ? $"\"{Crm}globalmetadataversion\":\"{_server.Sandbox.MetadataVersion}\","
                : "";
            return count + totals + metadata;
        }
    }

    protected override bool WriteItems(Utf8Buffer buffer)
    {
        var records = _records.AsSpan(0, Math.Min(RowsAtOnce, _rowsLeft));
        var read = _store.ReadAlive(ref _next, records);
        foreach (ref readonly var record in records[..read])
        {
            if (IsShown(record))
            {
                WriteRow(buffer, record);
                _rowsLeft--;
            }
        }

        _server.Counters.AddRows(read);
        return read > 0 && _rowsLeft > 0;
    }

    protected override void WriteLinks(Utf8Buffer buffer)
    {
        if (_top is not null)
        {
            return;
        }

        if (HasMore())
        {
            var token = new PageToken { Page = _page + 1, TracksChanges = _tracks, Place = [_countAtBegin, _next] };
            var encoded = token.Encode();
            if (_tracks)
            {
                _server.Repeats.Leads(This, Uri.UnescapeDataString(encoded));
            }

            WriteLink(buffer, "nextLink", "$skiptoken", encoded);
        }
        else if (_tracks)
        {
            // The worse of two readings of the documents: the token stands for the walk's end, so what changed behind
            // the walk while it went on is in neither.
            _server.Repeats.Ends(This);
            WriteLink(buffer, "deltaLink", "$deltatoken", _server.Tokens.Issue(_store.Fence()));
        }
    }

    private WalkPage This => new(Plan.Table.Name, Plan.HasIdOnly, _token);

    private bool HasMore()
    {
        var next = _next;
        var one = _records.AsSpan(0, 1);
        while (_store.ReadAlive(ref next, one) > 0)
        {
            if (IsShown(one[0]))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsShown(in SandboxRecord record) =>
        _filter?.LetsIn(record) is not false
        && (record.Number < _countAtBegin || (Mixer.Mix(record.Number) & 1) == 0)
        && _server.Privileges.CanRead(Plan.Table, record.Number);
}

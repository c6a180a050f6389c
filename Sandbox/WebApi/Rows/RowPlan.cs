namespace DataExport.Sandbox;

/// <summary>Which columns a request reads, worked out once for all its rows.</summary>
internal sealed class RowPlan
{
    private readonly RecordIds _ids;
    private readonly SandboxColumn[] _columns;
    private readonly bool _annotates;

    private RowPlan(RecordIds ids, SandboxTable table, SandboxColumn[] columns, ApiRequest request)
    {
        _ids = ids;
        _columns = columns;
        _annotates = request.Preferences.AnnotatesLookups;
        Table = table;
        Top = int.TryParse(request.Option("$top"), out var top) && top > 0 ? top : null;
        Select = string.Join(',', request.Select());
        Filter = request.Option("$filter") is { } filter ? $"$filter={Uri.EscapeDataString(filter)}&" : "";
        IsCounted = request.Option("$count") is "true";
        BaseAddress = request.BaseAddress;
        Context = $"{BaseAddress}$metadata#{table.EntitySetName}{(Select.Length > 0 ? $"({Select})" : "")}";
    }

    public SandboxTable Table { get; }

    /// <summary>Whether nothing but the record's own id is read.</summary>
    public bool HasIdOnly => _columns.Length == 1 && _columns[0] == Table.PrimaryId;

    /// <summary>How many rows are wanted at most, without a link to more.</summary>
    public int? Top { get; }

    /// <summary>Whether the answer says how many rows there are.</summary>
    public bool IsCounted { get; }

    /// <summary>What <c>@odata.context</c> says of a collection.</summary>
    public string Context { get; }

    public string BaseAddress { get; }

    private string Select { get; }

    private string Filter { get; }

    /// <summary>Reads <c>$select</c>.</summary>
    /// <exception cref="ApiException">It names a column that does not exist or cannot be read.</exception>
    public static RowPlan Of(RecordIds ids, SandboxTable table, ApiRequest request)
    {
        var names = request.Select();
        if (names.Length == 0)
        {
            return new RowPlan(ids, table, [.. table.Columns.Where(column => column.IsPaged)], request);
        }

        var columns = new List<SandboxColumn>();
        foreach (var name in names)
        {
            Add(columns, Find(table, name));
        }

        // Unasked for, the id always comes, and with an amount its currency.
        Add(columns, table.PrimaryId);
        var hasAmount = columns.Exists(column => column.Type is SandboxColumnType.Money);
        if (hasAmount && table.Column("transactioncurrencyid") is { } currency)
        {
            Add(columns, currency);
        }

        return new RowPlan(ids, table, [.. columns], request);
    }

    /// <summary>The address of another page of the same request.</summary>
    public string Link(string option, string token) =>
        $"{BaseAddress}{Table.EntitySetName}?{(Select.Length > 0 ? $"$select={Select}&" : "")}"
        + $"{Filter}{(IsCounted ? "$count=true&" : "")}{option}={token}";

    /// <summary>Writes the row's members without its braces.</summary>
    public void WriteMembers(Utf8Buffer buffer, in SandboxRecord record)
    {
        WriteEtag(buffer, record);
        foreach (var column in _columns)
        {
            var cell = CellSource.Draw(Table, column, record);
            if (_annotates && cell.Kind is (CellKind.Lookup or CellKind.Reference))
            {
                PageCells.WriteAnnotation(buffer, _ids, column, cell);
            }

            PageCells.Write(buffer, _ids, Table, column, cell);
        }
    }

    private void WriteEtag(Utf8Buffer buffer, in SandboxRecord record)
    {
        buffer.Write("\"@odata.etag\":\"W/\\\""u8);
        if (Table.IsElastic)
        {
            // A GUID in the form of theirs, whatever the version is.
            buffer.Write(new Guid((int)Mixer.Mix((ulong)record.Version), 0, 512, 0, 0, 103, 175, 128, 232, 0, 0));
        }
        else
        {
            buffer.Write(record.Version);
        }

        buffer.Write("\\\"\""u8);
    }

    private static void Add(List<SandboxColumn> columns, SandboxColumn column)
    {
        if (!columns.Contains(column))
        {
            columns.Add(column);
        }
    }

    private static SandboxColumn Find(SandboxTable table, string name)
    {
        var isReference = name.StartsWith('_') && name.EndsWith("_value", StringComparison.Ordinal);
        var column = table.Column(isReference ? name[1..^"_value".Length] : name);
        return column is { IsPaged: true } && column.IsReference == isReference
            ? column
            : throw new ApiException(
                400,
                ErrorCodes.UndeclaredProperty,
                $"Could not find a property named '{name}' on type 'Microsoft.Dynamics.CRM.{table.Name}'.");
    }
}

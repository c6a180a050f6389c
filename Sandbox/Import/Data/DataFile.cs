namespace DataExport.Sandbox;

/// <summary>Reads <c>data.xml</c> forward: records into their tables, parties and pairs beside them.</summary>
internal sealed class DataFile(DataSchema schema, TableCatalog catalog)
{
    private const string ExportAgain = "Export schema and data together.";

    private readonly RecordDraft _record = new();
    private SchemaTable? _table;
    private string? _list;
    private bool _isInParty;
    private (SandboxRelationship Relationship, Guid Source, bool IsFirst)? _pairs;

    public PartyImport Parties { get; } = new(catalog);

    /// <summary>The pairs of N:N relationships, first side first.</summary>
    public List<(SandboxRelationship Relationship, Guid First, Guid Second)> Pairs { get; } = [];

    /// <exception cref="ImportException">The file is missing or wrong.</exception>
    public void Read(string file)
    {
        using var reader = new ImportReader(file, ExportAgain);
        while (reader.Read())
        {
            if (reader.IsStart)
            {
                var isEmpty = reader.IsEmpty;
                Begin(reader);
                if (isEmpty)
                {
                    End(reader.Name);
                }
            }
            else if (reader.IsEnd)
            {
                End(reader.Name);
            }
            else if (reader.IsText && _pairs is not null)
            {
                AddPair(reader);
            }
        }
    }

    private void Begin(ImportReader reader)
    {
        switch (reader.Name)
        {
            case "entity":
                var name = reader.Required("name");
                _table = schema.Table(name)
                    ?? throw reader.Fault($"Entity {name} is not in data_schema.xml.", ExportAgain);
                break;
            case "record":
                BeginRecord(reader);
                break;
            case "field" when _isInParty:
                Parties.AddField(reader);
                break;
            case "field":
                AddField(reader);
                break;
            case "activitypointerrecords":
                Parties.Begin(reader);
                _isInParty = true;
                break;
            case "m2mrelationship":
                BeginPairs(reader);
                break;
        }
    }

    private void End(string name)
    {
        switch (name)
        {
            case "record":
                EndRecord();
                break;
            case "activitypointerrecords":
                Parties.End(_list ?? "", _record.Id);
                _isInParty = false;
                break;
            case "m2mrelationship":
                _pairs = null;
                break;
        }
    }

    private void BeginRecord(ImportReader reader)
    {
        var table = TableOf(reader);
        var id = reader.RequiredId("id");
        if (!table.Ids.Add(id))
        {
            throw reader.Fault($"Record {id} of {table.Name} comes twice.", "Remove one of the two.");
        }

        _record.Begin(id);
    }

    private void AddField(ImportReader reader)
    {
        var table = TableOf(reader);
        var name = reader.Required("name");
        var column = table.Column(name)
            ?? throw reader.Fault($"Field {name} of {table.Name} is not in data_schema.xml.", ExportAgain);
        var text = reader.Attribute("value") ?? "";
        switch (column.Type)
        {
            case SandboxColumnType.PartyList:
                _list = name;
                break;
            case SandboxColumnType.Image:
                SetImage(table, column, text);
                break;
            default:
                _record.Set(column.Ordinal, FieldValue.Read(reader, column, text, catalog));
                break;
        }
    }

    /// <summary>A picture without an id in the file gets one of its record's.</summary>
    private void SetImage(SchemaTable table, ImportedColumn image, string text)
    {
        var id = table.Column(image.Name + "id")!.Ordinal;
        if (text.Length > 0 && _record[id].Kind is CellKind.Null)
        {
            _record.Set(id, new Cell(CellKind.DrawnId, _record.Id.GetHashCode()));
        }
    }

    private void EndRecord()
    {
        var table = _table!;
        if (table.Column("statecode") is { } state && table.Column("statuscode") is { } status
            && _record[status.Ordinal] is { Kind: CellKind.Option } reason)
        {
            status.SetState((int)reason.Number, (int)_record[state.Ordinal].Number);
        }

        foreach (var column in table.Columns)
        {
            if (column.Role is ColumnRole.ImageTime or ColumnRole.ImageAddress
                && _record[column.Sources[0]] is { Kind: not CellKind.Null } image)
            {
                _record.Set(column.Ordinal, column.Role is ColumnRole.ImageTime
                    ? ImageCells.Time(image)
                    : ImageCells.Address(table.Name, image));
            }
        }

        var values = _record.ToRow(_record.Id);
        table.Rows.Add(new LoadedRow(values, Seconds(table, "createdon"), Seconds(table, "modifiedon")));
    }

    private uint? Seconds(SchemaTable table, string column)
    {
        var time = _record[table.Column(column)!.Ordinal];
        return time.Kind is CellKind.Instant
            ? RecordTime.ToSeconds(new DateTimeOffset(time.Number, TimeSpan.Zero))
            : null;
    }

    private void BeginPairs(ImportReader reader)
    {
        var table = TableOf(reader);
        var name = reader.Required("m2mrelationshipname");
        var relationship = schema.Relationship(name)
            ?? throw reader.Fault($"Relationship {name} is not in data_schema.xml.", ExportAgain);
        if (relationship.Table1 != table.Name && relationship.Table2 != table.Name)
        {
            throw reader.Fault($"Entity {table.Name} is no side of {name}.", ExportAgain);
        }

        _pairs = (relationship, reader.RequiredId("sourceid"), relationship.Table1 == table.Name);
    }

    private void AddPair(ImportReader reader)
    {
        var text = reader.Text.Trim();
        if (text.Length == 0)
        {
            return;
        }

        if (!Guid.TryParse(text, out var target))
        {
            throw reader.Fault($"'{text}' is no id.", "Write it as a GUID.");
        }

        var (relationship, source, isFirst) = _pairs!.Value;
        Pairs.Add(isFirst ? (relationship, source, target) : (relationship, target, source));
    }

    private SchemaTable TableOf(ImportReader reader) =>
        _table ?? throw reader.Fault($"<{reader.Name}> stands outside an entity.", ExportAgain);
}

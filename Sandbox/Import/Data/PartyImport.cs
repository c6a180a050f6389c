namespace DataExport.Sandbox;

/// <summary>Gathers the parties that stand nested in the records of activities.</summary>
internal sealed class PartyImport
{
    private readonly Dictionary<string, ImportedColumn> _columns = new(StringComparer.Ordinal);
    private readonly RecordDraft _draft = new();
    private readonly TableCatalog _catalog;
    private readonly int _activityTarget;
    private Guid? _id;

    public PartyImport(TableCatalog catalog)
    {
        _catalog = catalog;
        _activityTarget = catalog.IndexOf(ActivityPartyTable.ActivityTarget);
        foreach (var column in ActivityPartyTable.Build(new TableCatalog([]), 0, ActivityPartyTable.Targets).Columns)
        {
            _columns.Add(column.Name, new ImportedColumn
            {
                Name = column.Name,
                Type = column.Type,
                Ordinal = column.Ordinal,
                Role = column.Role,
            });
        }
    }

    public List<LoadedRow> Rows { get; } = [];

    /// <summary>The tables whose records are parties.</summary>
    public IReadOnlyList<string> Targets => _columns[ActivityPartyTable.Party].Targets;

    public void Begin(ImportReader reader)
    {
        _id = Guid.TryParse(reader.Attribute("id"), out var id) ? id : null;
        _draft.Begin(_id ?? default);
    }

    public void AddField(ImportReader reader)
    {
        var name = reader.Required("name");
        if (!_columns.TryGetValue(name, out var column))
        {
            throw reader.Fault($"Parties of activities have no field {name}.", "Remove the field.");
        }

        if (column.Role is ColumnRole.Drawn)
        {
            var text = reader.Attribute("value") ?? "";
            _draft.Set(column.Ordinal, FieldValue.Read(reader, column, text, _catalog));
        }
    }

    /// <summary>Ends the party of one list.</summary>
    public void End(string list, Guid activity)
    {
        _draft.Set(_columns[ActivityPartyTable.Activity].Ordinal, Cell.OfReference(activity, _activityTarget));
        var mask = _columns[ActivityPartyTable.Mask].Ordinal;
        if (_draft[mask].Kind is CellKind.Null)
        {
            _draft.Set(mask, new Cell(CellKind.Option, ActivityPartyTable.MaskOf(list)));
        }

        Rows.Add(new LoadedRow(_draft.ToRow(_id)));
    }
}

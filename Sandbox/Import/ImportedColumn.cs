namespace DataExport.Sandbox;

/// <summary>A column that is being imported: what its file says of it, and what its values show.</summary>
internal sealed class ImportedColumn
{
    private const int ShortestLimit = 100;
    private const int OptionsMax = 64;
    private const int DoublePrecision = 5;
    private const long LargestMoney = 922_337_203_685_477;
    private const long LargestNumber = 1_000_000_000;

    private readonly List<SandboxOption> _options = [];
    private readonly Dictionary<int, int> _places = [];
    private readonly List<string> _targets = [];

    public required string Name { get; init; }

    public required SandboxColumnType Type { get; init; }

    public required int Ordinal { get; init; }

    public ColumnRole Role { get; set; }

    /// <summary>The picture's id that it accompanies, or of a picture the id that accompanies it.</summary>
    public string? AttributeOf { get; init; }

    /// <summary>Ordinals of what it is computed from.</summary>
    public int[] Sources { get; set; } = [];

    public IReadOnlyList<string> Targets => _targets;

    /// <summary>The longest text so far.</summary>
    public int Longest { get; set; }

    /// <summary>Most digits after the point so far.</summary>
    public int Scale { get; set; }

    public void AddTarget(string table)
    {
        if (table.Length > 0 && !_targets.Contains(table))
        {
            _targets.Add(table);
        }
    }

    /// <summary>The place of an option, which becomes one of the column's; -1 when there are too many.</summary>
    public int PlaceOf(int option)
    {
        if (!_places.TryGetValue(option, out var place))
        {
            if (Type is SandboxColumnType.MultiSelect && _options.Count == OptionsMax)
            {
                return -1;
            }

            place = _options.Count;
            _places.Add(option, place);
            _options.Add(new SandboxOption(option, $"Option {option}"));
        }

        return place;
    }

    /// <summary>Tells which state a reason was seen with first.</summary>
    public void SetState(int reason, int state)
    {
        var place = PlaceOf(reason);
        if (_options[place].State is null)
        {
            _options[place] = _options[place] with { State = state };
        }
    }

    /// <summary>The column as the values make it.</summary>
    public SandboxColumn ToColumn() => new()
    {
        Name = Name,
        Type = Type,
        Role = Role,
        AttributeOf = AttributeOf,
        Sources = Sources,
        Targets = Targets,
        Options = Options(),
        Style = StyleOf(Name, Type),
        MaxLength = Type is SandboxColumnType.String or SandboxColumnType.Memo ? Math.Max(ShortestLimit, Longest) : 0,
        DateBehavior = Type is SandboxColumnType.DateTime ? SandboxDateBehavior.UserLocal : null,
        Precision = Type switch
        {
            SandboxColumnType.Decimal => Math.Max(2, Scale),
            SandboxColumnType.Double => Math.Max(DoublePrecision, Scale),
            SandboxColumnType.Money => 4,
            _ => 0,
        },
        MinValue = -Largest,
        MaxValue = Largest,
    };

    /// <summary>Of 256 values drawn for it, how many percent are null.</summary>
    public int Nulls => Type is SandboxColumnType.State or SandboxColumnType.Status or SandboxColumnType.Owner ? 0 : 40;

    private long Largest => Type switch
    {
        SandboxColumnType.Integer => int.MaxValue,
        SandboxColumnType.BigInt => long.MaxValue,
        SandboxColumnType.Money => LargestMoney,
        SandboxColumnType.Decimal or SandboxColumnType.Double => LargestNumber,
        _ => 0,
    };

    private SandboxOption[] Options() => Type switch
    {
        SandboxColumnType.Boolean => [new(0, "No"), new(1, "Yes")],
        SandboxColumnType.State when _options.Count == 0 => [new(0, "Active")],
        SandboxColumnType.Status when _options.Count == 0 => [new(1, "Active", 0)],

        // Reasons of one state stand together.
        SandboxColumnType.Status => [.. _options.OrderBy(option => option.State ?? 0)],
        _ => [.. _options],
    };

    private static TextStyle StyleOf(string name, SandboxColumnType type) => name switch
    {
        _ when type is SandboxColumnType.Memo => TextStyle.Memo,
        _ when name.Contains("email", StringComparison.Ordinal) => TextStyle.Email,
        _ when name.Contains("phone", StringComparison.Ordinal) => TextStyle.Phone,
        _ when name.Contains("url", StringComparison.Ordinal) => TextStyle.Url,
        _ when name.Contains("city", StringComparison.Ordinal) => TextStyle.City,
        _ when name.Contains("firstname", StringComparison.Ordinal) => TextStyle.FirstName,
        _ when name.Contains("lastname", StringComparison.Ordinal) => TextStyle.LastName,
        _ => TextStyle.Words,
    };
}

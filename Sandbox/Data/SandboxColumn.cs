namespace DataExport.Sandbox;

/// <summary>One column of a sandbox table. Its place in <see cref="SandboxTable.Columns"/> is its ordinal.</summary>
public sealed record SandboxColumn
{
    private volatile bool _isHidden;

    /// <summary>The logical name, lower case.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required SandboxColumnType Type { get; init; }

    /// <summary>The place in the table's list.</summary>
    public int Ordinal { get; internal init; }

    /// <summary>Longest text in UTF-16 code units; 0 for columns without text.</summary>
    public int MaxLength { get; init; }

    /// <summary>Digits after the point of decimal, double and money columns.</summary>
    public int Precision { get; init; }

    /// <summary>Smallest whole number, option, or integral part.</summary>
    public long MinValue { get; init; }

    /// <summary>Largest whole number, option, or integral part.</summary>
    public long MaxValue { get; init; }

    /// <summary>How a date is meant; <see langword="null"/> for all other columns.</summary>
    public SandboxDateBehavior? DateBehavior { get; init; }

    /// <summary>The tables that a lookup can point to.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The options of a choice, state, status or Boolean column.</summary>
    public IReadOnlyList<SandboxOption> Options { get; init; } = [];

    /// <summary>The name of the option set when several columns share it.</summary>
    public string? GlobalOptionSet { get; init; }

    /// <summary>Whether pages can show it. Messages carry the columns that pages cannot show, too.</summary>
    public bool IsReadable
    {
        get => field && !_isHidden;
        init;
    } = true;

    /// <summary>Whether its metadata says now that it cannot be read, whatever it said at first.</summary>
    internal bool IsHidden
    {
        get => _isHidden;
        set => _isHidden = value;
    }

    /// <summary>Whether an update can name it. System columns and computed ones cannot be named.</summary>
    public bool IsUpdatable => Role is ColumnRole.Drawn or ColumnRole.Parties && !IsFixed;

    /// <summary>Whether the environment computes it, as calculated and rollup columns.</summary>
    public bool IsComputed => Role is ColumnRole.Computed;

    /// <summary>The column that this one only accompanies: the picture's id for picture, time and address.</summary>
    public string? AttributeOf { get; init; }

    /// <summary>Where its values come from.</summary>
    internal ColumnRole Role { get; init; }

    /// <summary>Drawn once, at creation.</summary>
    internal bool IsFixed { get; init; }

    /// <summary>Of 256 values, so many are null.</summary>
    internal int NullsOf256 { get; init; }

    internal TextStyle Style { get; init; }

    /// <summary>The ordinals that a computed column is computed from.</summary>
    internal int[] Sources { get; init; } = [];

    /// <summary>The ordinals of columns that an update of this one sends along.</summary>
    internal int[] Companions { get; set; } = [];

    /// <summary>Indexes of <see cref="Targets"/> in <see cref="RecordIds"/>.</summary>
    internal int[] TargetIndexes { get; init; } = [];

    /// <summary>Of each of <see cref="Targets"/>, how many records lookups point to.</summary>
    internal int[] TargetRecords { get; init; } = [];

    /// <summary>What stands before the value in a message: <c>{"key":"name","value":</c>.</summary>
    internal byte[] MessageKey { get; init; } = [];

    /// <summary>What stands before the value in a page: <c>,"name":</c>, and <c>_name_value</c> for lookups.</summary>
    internal byte[] PageKey { get; init; } = [];

    /// <summary>What stands before the table's name of a lookup in a page, the opening quote included.</summary>
    internal byte[] AnnotationKey { get; init; } = [];

    /// <summary>Whether the column refers to a record.</summary>
    internal bool IsReference =>
        Type is SandboxColumnType.Lookup or SandboxColumnType.Customer or SandboxColumnType.Owner;

    /// <summary>Whether nothing else depends on it, so that it may be taken away and given back.</summary>
    public bool CanComeAndGo => IsUpdatable && !IsReference && AttributeOf is null && Sources.Length == 0
        && Companions.Length == 0 && Role is ColumnRole.Drawn
        && Type is SandboxColumnType.String or SandboxColumnType.Integer or SandboxColumnType.Decimal
            or SandboxColumnType.Boolean;

    /// <summary>Whether a page shows it.</summary>
    internal bool IsPaged => IsReadable && Type is not (SandboxColumnType.PartyList or SandboxColumnType.Image);

    /// <summary>The name in the Web API: <c>_name_value</c> for lookups.</summary>
    internal string PageName => IsReference ? $"_{Name}_value" : Name;

    /// <summary>The column's share of the hash that its values are drawn by.</summary>
    internal ulong Salt { get; init; }
}

/// <summary>One option of a choice.</summary>
/// <param name="Value">The stored number.</param>
/// <param name="Label">The label in English (1033).</param>
/// <param name="State">The state that a status reason belongs to.</param>
public sealed record SandboxOption(int Value, string Label, int? State = null);

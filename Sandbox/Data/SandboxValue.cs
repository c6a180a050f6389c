using System.Globalization;

namespace DataExport.Sandbox;

/// <summary>How a <see cref="SandboxValue"/> is held.</summary>
public enum SandboxValueKind
{
    /// <summary>Nothing.</summary>
    Null,

    /// <summary><see cref="SandboxValue.Boolean"/>.</summary>
    Boolean,

    /// <summary><see cref="SandboxValue.Integer"/>: integers, big integers and options.</summary>
    Integer,

    /// <summary><see cref="SandboxValue.Decimal"/>: decimals and money.</summary>
    Decimal,

    /// <summary><see cref="SandboxValue.Double"/>.</summary>
    Double,

    /// <summary><see cref="SandboxValue.DateTime"/>.</summary>
    DateTime,

    /// <summary><see cref="SandboxValue.Guid"/>.</summary>
    Guid,

    /// <summary><see cref="SandboxValue.Text"/>.</summary>
    Text,

    /// <summary><see cref="SandboxValue.Guid"/> and <see cref="SandboxValue.LookupTable"/>.</summary>
    Lookup,

    /// <summary><see cref="SandboxValue.Text"/>: numbers of options, joined by commas.</summary>
    Options,
}

/// <summary>One value of one record, typed.</summary>
public readonly record struct SandboxValue
{
    private readonly decimal _number;
    private readonly long _bits;
    private readonly Guid _guid;
    private readonly string? _text;

    private SandboxValue(
        SandboxValueKind kind, long bits = 0, decimal number = 0, Guid guid = default, string? text = null)
    {
        Kind = kind;
        _bits = bits;
        _number = number;
        _guid = guid;
        _text = text;
    }

    /// <summary>How the value is held.</summary>
    public SandboxValueKind Kind { get; }

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => Kind is SandboxValueKind.Null;

    /// <summary>A two-option value.</summary>
    public bool Boolean => _bits != 0;

    /// <summary>A whole number or an option.</summary>
    public long Integer => _bits;

    /// <summary>A decimal or an amount, with its scale.</summary>
    public decimal Decimal => _number;

    /// <summary>A floating point number.</summary>
    public double Double => BitConverter.Int64BitsToDouble(_bits);

    /// <summary>An instant (UTC), a wall-clock time (unspecified) or a day (midnight).</summary>
    public DateTime DateTime => System.DateTime.FromBinary(_bits);

    /// <summary>A GUID, or the record id of a lookup.</summary>
    public Guid Guid => _guid;

    /// <summary>A text.</summary>
    public string Text => _text ?? "";

    /// <summary>The table that a lookup points to.</summary>
    public string LookupTable => _text ?? "";

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        SandboxValueKind.Null => "null",
        SandboxValueKind.Boolean => Boolean ? "true" : "false",
        SandboxValueKind.Integer => Integer.ToString(CultureInfo.InvariantCulture),
        SandboxValueKind.Decimal => Decimal.ToString(CultureInfo.InvariantCulture),
        SandboxValueKind.Double => Double.ToString("R", CultureInfo.InvariantCulture),
        SandboxValueKind.DateTime => DateTime.ToString("O", CultureInfo.InvariantCulture),
        SandboxValueKind.Guid => Guid.ToString(),
        SandboxValueKind.Lookup => $"{LookupTable}/{Guid}",
        _ => Text,
    };

    internal static SandboxValue Of(bool value) => new(SandboxValueKind.Boolean, value ? 1 : 0);

    internal static SandboxValue Of(long value) => new(SandboxValueKind.Integer, value);

    internal static SandboxValue Of(decimal value) => new(SandboxValueKind.Decimal, number: value);

    internal static SandboxValue Of(double value) =>
        new(SandboxValueKind.Double, BitConverter.DoubleToInt64Bits(value));

    internal static SandboxValue Of(DateTime value) => new(SandboxValueKind.DateTime, value.ToBinary());

    internal static SandboxValue Of(Guid value) => new(SandboxValueKind.Guid, guid: value);

    internal static SandboxValue Of(string value) => new(SandboxValueKind.Text, text: value);

    internal static SandboxValue OfOptions(string options) => new(SandboxValueKind.Options, text: options);

    internal static SandboxValue Lookup(Guid id, string table) =>
        new(SandboxValueKind.Lookup, guid: id, text: table);
}

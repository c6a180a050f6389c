using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Postgres;

/// <summary>
/// Names and types in PostgreSQL. Names are folded to lower case, as PostgreSQL folds what a report writes without
/// quotes: see docs/decisions/0036.
/// </summary>
internal sealed class PostgresDialect : TargetDialect
{
    /// <summary>PostgreSQL cuts longer names off, and then two of them may be one.</summary>
    private const int NameBytesMax = 63;

    private const int HashDigits = 8;

    /// <summary>Columns that every table of PostgreSQL has already.</summary>
    private static readonly FrozenSet<string> _systemColumns =
        new[] { "tableoid", "xmin", "cmin", "xmax", "cmax", "ctid" }.ToFrozenSet();

    /// <summary>
    /// Keeps a row in one piece up to the size of its page. By default PostgreSQL moves every text of more than a few
    /// letters out of a row of more than two kilobytes, one by one, which costs a wide table nine tenths of its speed.
    /// </summary>
    public const string RowStorage = "WITH (toast_tuple_target = 8160)";

    public static PostgresDialect Instance { get; } = new();

    public override SqlIdentifier Name(string name)
    {
        var folded = Folded(SqlIdentifier.Of(name).Name);
        return Encoding.UTF8.GetByteCount(folded) <= NameBytesMax
            ? SqlIdentifier.Of(folded)
            : SqlIdentifier.Of(CutToBytes(folded));
    }

    public override SqlIdentifier ColumnName(string name)
    {
        var kept = Name(name);
        return _systemColumns.Contains(kept.Name)
            ? throw SqlIdentifier.Refusal(name, "PostgreSQL has a column of its own of that name in every table.")
            : kept;
    }

    /// <summary>Names are folded when they are made, so what differs in case was made by somebody else.</summary>
    public override StringComparer NameComparer => StringComparer.Ordinal;

    /// <summary>PostgreSQL takes 1,600, of which the stage needs one for the marks of each 62.</summary>
    protected override int ColumnsMax => 1_574;

    public override int ViewColumnsMax => 1_600;

    public override string TypeOf(ColumnDefinition column) => TargetColumn.CellOf(column.Type) switch
    {
        CellType.Id => "uuid",
        CellType.Text => TextLengthOf(column) is var length and > 0 ? Sized(length) : "text",
        CellType.Int => "integer",
        CellType.BigInt => "bigint",
        CellType.Bit => "boolean",
        CellType.Instant => "timestamp(3) without time zone",
        _ => string.Create(CultureInfo.InvariantCulture, $"numeric({DecimalDigits},{ScaleOf(column)})"),
    };

    public override string TypeOf(SystemType type, int length = 0) => type switch
    {
        SystemType.Number => "bigint GENERATED ALWAYS AS IDENTITY",
        SystemType.Int => "integer",
        SystemType.BigInt => "bigint",
        SystemType.Bit => "boolean",
        SystemType.Text => Sized(length),
        SystemType.LongText => "text",
        SystemType.Instant => "timestamp(3) without time zone",
        SystemType.Id => "uuid",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "This type is not known here."),
    };

    public override string IsYes(string column) => column;

    public override string ZonedOf(string column) => $"{column} AT TIME ZONE 'UTC'";

    /// <summary>The condition stands before the cast, in an order that no planner changes.</summary>
    public override MultiSelectParts PartsOf(string column) => new(
        $"CROSS JOIN LATERAL unnest(string_to_array({column}, ';')) AS s (part)",
        "CASE WHEN s.part ~ '^-?[0-9]{1,10}$' THEN CAST(s.part AS integer) END");

    /// <summary>Only ASCII letters: PostgreSQL leaves all others as they are.</summary>
    private static string Folded(string name) => string.Create(name.Length, name, static (folded, name) =>
    {
        for (var index = 0; index < name.Length; index++)
        {
            folded[index] = char.IsAsciiLetterUpper(name[index]) ? (char)(name[index] | 0x20) : name[index];
        }
    });

    /// <summary>The name's beginning, and a hash of all of it: as many names stay apart as before.</summary>
    private static string CutToBytes(string name)
    {
        var hash = (uint)NameHash.Of(name);
        var room = NameBytesMax - HashDigits - 1;
        var beginning = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
            {
                break;
            }

            _ = beginning.Append(rune.ToString());
        }

        return string.Create(CultureInfo.InvariantCulture, $"{beginning}_{hash:x8}");
    }

    private static string Sized(int letters) => string.Create(CultureInfo.InvariantCulture, $"varchar({letters})");
}

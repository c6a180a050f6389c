using System.Globalization;
using System.Text;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Bench.Targets;

/// <summary>A table of so many columns as business data has them, and rows for it: the same for every run.</summary>
internal sealed class BenchRows
{
    /// <summary>The columns before those of the mix: id, modifiedon and version number.</summary>
    private const int OwnColumns = 3;
    private const int DistinctValues = 50;

    private static readonly DateTime _modifiedOn = new(2026, 3, 1, 11, 0, 0, DateTimeKind.Utc);

    private static readonly ColumnType[] _mix =
    [
        ColumnType.Text, ColumnType.Text, ColumnType.Choice, ColumnType.Text, ColumnType.DateTime, ColumnType.Boolean,
        ColumnType.Lookup, ColumnType.Text, ColumnType.Integer, ColumnType.Money, ColumnType.Text, ColumnType.Decimal,
    ];

    private readonly Random _random = new(1);
    private readonly ColumnValues[] _values;
    private readonly List<Guid> _loaded = [];
    private long _version;

    /// <param name="columns">How many columns the source has.</param>
    public BenchRows(int columns)
    {
        Table = new TableDefinition
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"contact{columns}"),
            EntitySetName = "contacts",
            PrimaryIdColumn = "contactid",
            Columns =
            [
                new ColumnDefinition { Name = "contactid", Type = ColumnType.UniqueIdentifier },
                new ColumnDefinition { Name = "modifiedon", Type = ColumnType.DateTime },
                new ColumnDefinition { Name = "versionnumber", Type = ColumnType.BigInt },
                .. Enumerable.Range(0, columns - OwnColumns).Select(ColumnOf),
            ],
        };
        _values = [.. Enumerable.Range(0, DistinctValues).Select(ValuesOf)];
    }

    public TableDefinition Table { get; }

    /// <summary>How many rows there are.</summary>
    public int Count => _loaded.Count;

    /// <summary>Bytes of a row's values, on the average.</summary>
    public double BytesPerRow => _values.Average(static values => values.EncodedBytes);

    /// <summary>Rows that no batch held before.</summary>
    public MergeItem[] NewRows(int rows) => [.. Enumerable.Range(0, rows).Select(_ => NewRow())];

    /// <summary>Rows of which some are new, and the others changed.</summary>
    public MergeItem[] Mixed(int rows, double newShare)
    {
        var batch = new List<MergeItem>(rows);
        var changed = rows - (int)(rows * newShare);

        // Each record once in a batch, as a page has it; spread over all of the table.
        var picked = new HashSet<int>();
        while (picked.Count < changed)
        {
            _ = picked.Add(_random.Next(_loaded.Count));
        }

        batch.AddRange(picked.Select(place => Row(_loaded[place])));
        batch.AddRange(NewRows(rows - changed));
        return [.. batch];
    }

    private MergeItem NewRow()
    {
        Span<byte> id = stackalloc byte[16];
        _random.NextBytes(id);
        _loaded.Add(new Guid(id));
        return Row(_loaded[^1]);
    }

    private MergeItem Row(Guid id)
    {
        var evidence = new Evidence(EvidenceKind.ReadUpsert, _modifiedOn, new VersionNumber(++_version));
        return new MergeItem(Table.Name, id, evidence, _values[_version % DistinctValues]);
    }

    private ColumnValues ValuesOf(int seed)
    {
        var random = new Random(seed);
        var builder = new ColumnValuesBuilder();
        builder.Add(1, _modifiedOn);
        for (var ordinal = OwnColumns; ordinal < Table.Columns.Length; ordinal++)
        {
            AddValue(builder, ordinal, random);
        }

        return builder.Build(Table.Layout);
    }

    private static ColumnDefinition ColumnOf(int number)
    {
        var type = _mix[number % _mix.Length];
        return new ColumnDefinition
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"column{number:000}"),
            Type = type,
            MaxLength = type is ColumnType.Text ? 100 : 0,
            Precision = 2,
            Targets = type is ColumnType.Lookup ? ["account", "contact"] : [],
        };
    }

    private void AddValue(ColumnValuesBuilder builder, int ordinal, Random random)
    {
        switch (Table.Columns[ordinal].Type)
        {
            case ColumnType.Text:
                builder.AddText(ordinal, Encoding.UTF8.GetBytes($"Försterweg {random.Next(1, 999)}, Lübeck"));
                break;
            case ColumnType.DateTime:
                builder.Add(ordinal, _modifiedOn.AddMinutes(-random.Next(100_000)));
                break;
            case ColumnType.Boolean:
                builder.Add(ordinal, random.Next(2) == 1);
                break;
            case ColumnType.Lookup:
                builder.AddLookup(ordinal, new Guid(random.Next(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), "account"u8);
                break;
            case ColumnType.Money or ColumnType.Decimal:
                builder.Add(ordinal, random.Next(10_000_000) / 100m);
                break;
            default:
                builder.Add(ordinal, (long)random.Next(100_000));
                break;
        }
    }
}

using System.Globalization;
using DataExport.Grains.Fence;
using DataExport.Grains.Ports;

namespace DataExport.Bench.Targets;

/// <summary>A table of so many columns as business data has them, and rows for it: the same for every run.</summary>
internal sealed class BenchRows
{
    private const int DistinctValues = 50;

    private static readonly DateTime _modifiedOn = new(2026, 3, 1, 11, 0, 0, DateTimeKind.Utc);

    private readonly Random _random = new(1);
    private readonly ColumnValues[] _values;
    private readonly List<Guid> _loaded = [];
    private long _version;

    /// <param name="columns">How many columns the source has.</param>
    public BenchRows(int columns)
    {
        Table = BenchTable.Of(string.Create(CultureInfo.InvariantCulture, $"contact{columns}"), columns);
        _values = [.. Enumerable.Range(0, DistinctValues)
            .Select(seed => BenchTable.Values(Table, seed, _modifiedOn))];
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
}

using System.Globalization;
using System.Text;

namespace DataExport.Bench.Merge;

/// <summary>A table as business data has them, and values for it: the same values for every run.</summary>
internal static class BenchTable
{
    private const int ColumnsMixed = 60;

    private static readonly ColumnType[] Mix =
    [
        ColumnType.Text, ColumnType.Text, ColumnType.Choice, ColumnType.Text, ColumnType.DateTime, ColumnType.Boolean,
        ColumnType.Lookup, ColumnType.Text, ColumnType.Integer, ColumnType.Money, ColumnType.Text, ColumnType.Decimal,
    ];

    public static TableDefinition Table { get; } = new()
    {
        Name = "contact",
        EntitySetName = "contacts",
        PrimaryIdColumn = "contactid",
        Columns =
        [
            new ColumnDefinition { Name = "contactid", Type = ColumnType.UniqueIdentifier },
            new ColumnDefinition { Name = "modifiedon", Type = ColumnType.DateTime },
            new ColumnDefinition { Name = "versionnumber", Type = ColumnType.BigInt },
            .. Enumerable.Range(0, ColumnsMixed - 3).Select(ColumnOf),
        ],
    };

    /// <summary>The values of one record: all columns, or the first few that a form saves.</summary>
    public static ColumnValues Values(int seed, int columns, DateTime modifiedOn)
    {
        var random = new Random(seed);
        var builder = new ColumnValuesBuilder();
        builder.Add(1, modifiedOn);
        for (var ordinal = 3; ordinal < 3 + Math.Min(columns, ColumnsMixed - 3); ordinal++)
        {
            AddValue(builder, ordinal, random, modifiedOn);
        }

        return builder.Build(Table.Layout);
    }

    private static ColumnDefinition ColumnOf(int number)
    {
        var type = Mix[number % Mix.Length];
        return new ColumnDefinition
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"column{number:00}"),
            Type = type,
            MaxLength = type is ColumnType.Text ? 100 : 0,
            Precision = 2,
            Targets = type is ColumnType.Lookup ? ["account", "contact"] : [],
        };
    }

    private static void AddValue(ColumnValuesBuilder builder, int ordinal, Random random, DateTime modifiedOn)
    {
        switch (Table.Columns[ordinal].Type)
        {
            case ColumnType.Text:
                builder.AddText(ordinal, Encoding.UTF8.GetBytes($"Försterweg {random.Next(1, 999)}, Lübeck"));
                break;
            case ColumnType.DateTime:
                builder.Add(ordinal, modifiedOn.AddMinutes(-random.Next(100_000)));
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

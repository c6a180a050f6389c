using System.Globalization;
using System.Text;

namespace DataExport.Bench;

/// <summary>Tables as business data has them, and values for them: the same values for every run.</summary>
internal static class BenchTable
{
    /// <summary>The columns before those of the mix: id, modifiedon and version number.</summary>
    private const int OwnColumns = 3;

    private static readonly ColumnType[] Mix =
    [
        ColumnType.Text, ColumnType.Text, ColumnType.Choice, ColumnType.Text, ColumnType.DateTime, ColumnType.Boolean,
        ColumnType.Lookup, ColumnType.Text, ColumnType.Integer, ColumnType.Money, ColumnType.Text, ColumnType.Decimal,
    ];

    /// <param name="name">Its name.</param>
    /// <param name="columns">How many columns the source has.</param>
    public static TableDefinition Of(string name, int columns) => new()
    {
        Name = name,
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

    /// <summary>The values of one record: all columns, or the first few that a form saves.</summary>
    public static ColumnValues Values(
        TableDefinition table, int seed, DateTime modifiedOn, int columns = int.MaxValue)
    {
        var random = new Random(seed);
        var builder = new ColumnValuesBuilder();
        builder.Add(1, modifiedOn);
        for (var ordinal = OwnColumns; ordinal < table.Columns.Length && ordinal - OwnColumns < columns; ordinal++)
        {
            AddValue(builder, table.Columns[ordinal].Type, ordinal, random, modifiedOn);
        }

        return builder.Build(table.Layout);
    }

    private static ColumnDefinition ColumnOf(int number)
    {
        var type = Mix[number % Mix.Length];
        return new ColumnDefinition
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"column{number:000}"),
            Type = type,
            MaxLength = type is ColumnType.Text ? 100 : 0,
            Precision = 2,
            Targets = type is ColumnType.Lookup ? ["account", "contact"] : [],
        };
    }

    private static void AddValue(
        ColumnValuesBuilder builder, ColumnType type, int ordinal, Random random, DateTime modifiedOn)
    {
        switch (type)
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

using System.Collections.Immutable;
using System.Globalization;
using DataExport.Grains.Ports;

namespace DataExport.Targets.Layout;

/// <summary>What a table of the target lacks, and how it is to be written as it is then. Pure.</summary>
/// <param name="Table">The table as it will be: names and lengths of the columns that are there.</param>
/// <param name="Changes">What is to be changed, in order.</param>
/// <param name="Forgotten">
/// Columns that DES filled and nobody fills now: emptied once, or they would grow stale.
/// </param>
/// <param name="Warnings">What an administrator should know before anything is done.</param>
internal sealed record SchemaPlan(
    TargetTable Table,
    IReadOnlyList<SchemaChange> Changes,
    IReadOnlyList<SqlIdentifier> Forgotten,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Beside-columns of one name that are looked for before giving up.</summary>
    private const int BesideMax = 20;

    private static readonly string[] _lookupHelpers = ["name", "yominame", "type"];
    private static readonly string[] _optionHelpers = ["name"];

    /// <summary>Columns that are there and nobody writes: of somebody else, or what the source has no more.</summary>
    public IReadOnlyList<SqlIdentifier> Unwritten { get; init; } = [];

    /// <summary>The changes that make views.</summary>
    public IReadOnlyList<SchemaChange> Views => [.. Changes.Where(static change => change.View is not null)];

    /// <summary>Whether all rows must be read again.</summary>
    public bool NeedsRead => Changes.Any(static change => change.NeedsRead);

    /// <summary>Plans a table.</summary>
    /// <param name="table">The table as the source describes it.</param>
    /// <param name="actual">The columns that are there; <see langword="null"/> if there is no such table.</param>
    /// <param name="removed">The columns of it that were noted as removed.</param>
    /// <param name="dialect">The engine's names and types.</param>
    /// <param name="extras">What the profile wants beyond tables.</param>
    /// <exception cref="TargetRefusedException">Something else has the table's name.</exception>
    public static SchemaPlan Of(
        TargetTable table,
        IReadOnlyList<ActualColumn>? actual,
        IReadOnlySet<string> removed,
        TargetDialect dialect,
        TargetExtras extras)
    {
        var plan = Of(table, actual, removed, dialect);
        return extras.Indexes ? plan.WithIndexes(actual) : plan;
    }

    private static SchemaPlan Of(
        TargetTable table, IReadOnlyList<ActualColumn>? actual, IReadOnlySet<string> removed, TargetDialect dialect)
    {
        var limited = dialect.Limit(table, out var warnings);
        if (actual is null)
        {
            return new SchemaPlan(limited, [new(SchemaChangeKind.TableCreated)], [], warnings);
        }

        var there = actual.ToDictionary(static column => column.Name, dialect.NameComparer);
        DemandOurs(table, there, dialect);
        var changes = new List<SchemaChange>();
        var columns = ImmutableArray.CreateBuilder<TargetColumn>();
        var taken = limited.Columns.Select(static column => column.Name.Name).ToHashSet(dialect.NameComparer);
        foreach (var column in limited.Columns)
        {
            columns.Add(Settle(column, there, taken, removed, dialect, changes));
        }

        var kept = columns.Select(static column => column.Name.Name).ToHashSet(dialect.NameComparer);
        changes.AddRange(RemovedOf(actual, kept, removed));
        return new SchemaPlan(
            limited.With(columns.ToImmutable()), changes, ForgottenOf(table, actual, kept), warnings)
        {
            Unwritten =
            [
                .. actual.Where(column => !kept.Contains(column.Name))
                    .Select(static column => SqlIdentifier.Of(column.Name)),
            ],
        };
    }

    /// <summary>This plan without a view, which could not be made.</summary>
    /// <param name="change">The change that would have made it.</param>
    /// <param name="fault">What stood in the way.</param>
    public SchemaPlan Without(SchemaChange change, string fault) => this with
    {
        Changes = [.. Changes.Where(each => each != change)],
        Warnings = [.. Warnings, $"View {change.View!.Name} is not made: {fault}."],
    };

    /// <summary>This plan, and the indexes that reports want: lookups, and when a row was written.</summary>
    private SchemaPlan WithIndexes(IReadOnlyList<ActualColumn>? actual)
    {
        var dialect = Table.Dialect;
        var indexed = (actual ?? []).Where(static column => column.IsIndexed).Select(static column => column.Name)
            .Concat(Table.SetColumns.Select(column => dialect.Name(column).Name))
            .ToHashSet(dialect.NameComparer);
        return this with
        {
            Changes =
            [
                .. Changes,
                .. Table.Columns.Where(column => Table.IsSearched(column) && !indexed.Contains(column.Name.Name))
                    .Select(static column => new SchemaChange(SchemaChangeKind.IndexMade, column)),
            ],
        };
    }

    /// <summary>How a column is to be written: as the one that is there, widened, beside it, or new.</summary>
    private static TargetColumn Settle(
        TargetColumn column,
        Dictionary<string, ActualColumn> there,
        HashSet<string> taken,
        IReadOnlySet<string> removed,
        TargetDialect dialect,
        List<SchemaChange> changes)
    {
        var first = there.GetValueOrDefault(column.Name.Name);
        for (var attempt = 1; attempt <= BesideMax; attempt++)
        {
            var named = attempt == 1 ? column : column with { Name = Beside(column.Name, attempt, dialect) };
            if (attempt > 1 && !taken.Add(named.Name.Name))
            {
                // The source has a column of that name itself.
                continue;
            }

            if (!there.TryGetValue(named.Name.Name, out var present))
            {
                changes.Add(first is null
                    ? new SchemaChange(SchemaChangeKind.ColumnAdded, named)
                    : new SchemaChange(SchemaChangeKind.ColumnRetyped, named, first));
                return named;
            }

            if (IsWritable(column.Cell, present.Cell))
            {
                return Take(named, present, removed, dialect, changes);
            }

            if (TargetTable.IsFence(column))
            {
                throw new TargetRefusedException(
                    $"Column {column.Name} is there with another type than {column.DeclaredType}, and everything "
                    + "rests on it. Rename or drop its table.");
            }
        }

        throw new TargetRefusedException(
            $"Column {column.Name} has changed its type {BesideMax} times. Rename or drop what is no longer needed.");
    }

    private static TargetColumn Take(
        TargetColumn column,
        ActualColumn present,
        IReadOnlySet<string> removed,
        TargetDialect dialect,
        List<SchemaChange> changes)
    {
        if (removed.Contains(present.Name))
        {
            changes.Add(new SchemaChange(SchemaChangeKind.ColumnReturned, column));
        }

        var isNarrow = column.Cell switch
        {
            CellType.Text => present.TextLengthMax > 0
                && (column.TextLengthMax == 0 || column.TextLengthMax > present.TextLengthMax),
            CellType.Decimal => column.Scale > present.Scale,
            CellType.BigInt => present.Cell is CellType.Int,
            _ => false,
        };
        if (isNarrow && dialect.IsEnforced)
        {
            changes.Add(new SchemaChange(SchemaChangeKind.ColumnWidened, column, present));
            return column;
        }

        return column with
        {
            Cell = present.Cell!.Value,
            TextLengthMax = dialect.IsEnforced ? present.TextLengthMax : column.TextLengthMax,
            Scale = Math.Max(present.Scale, column.Scale),
        };
    }

    /// <summary>Whether values of a column of the source can be written into a column that is there.</summary>
    private static bool IsWritable(CellType needed, CellType? present) => needed == present
        || (needed is CellType.Int && present is CellType.BigInt)
        || (needed is CellType.BigInt && present is CellType.Int);

    private static SqlIdentifier Beside(SqlIdentifier name, int attempt, TargetDialect dialect) =>
        dialect.Name(string.Create(CultureInfo.InvariantCulture, $"{name.Name}_{attempt}"));

    private static void DemandOurs(TargetTable table, Dictionary<string, ActualColumn> there, TargetDialect dialect)
    {
        foreach (var name in new[] { TargetTable.Id, TargetTable.SinkCreatedOn, TargetTable.SinkModifiedOn })
        {
            if (!there.ContainsKey(dialect.Name(name).Name))
            {
                throw new TargetRefusedException(
                    $"There is already a table named {table.Name}, and it has no column {dialect.Name(name).Name}. "
                    + "Rename or drop it.");
            }
        }

        if (!there[dialect.Name(TargetTable.Id).Name].IsUnique)
        {
            throw new TargetRefusedException(
                $"There is already a table named {table.Name}, and its Id is not unique. Rename or drop it.");
        }

        var written = table.Columns.Select(static column => column.Name.Name).ToHashSet(dialect.NameComparer);
        if (there.Values.FirstOrDefault(column => column.IsDemanded && !written.Contains(column.Name)) is { } demanded)
        {
            throw new TargetRefusedException(
                $"Table {table.Name} demands a value in column {SqlIdentifier.Of(demanded.Name)}, which the source "
                + "does not have. Let the column be empty, or drop it.");
        }
    }

    private static IEnumerable<SchemaChange> RemovedOf(
        IReadOnlyList<ActualColumn> actual, HashSet<string> kept, IReadOnlySet<string> removed) => actual
        .Where(column => !kept.Contains(column.Name) && !removed.Contains(column.Name))
        .Select(column => new SchemaChange(
            SchemaChangeKind.ColumnRemoved, new TargetColumn(SqlIdentifier.Of(column.Name), "")));

    /// <summary>
    /// DES wrote names beside its lookups, and labels beside its options, which no notification tells.
    /// </summary>
    private static List<SqlIdentifier> ForgottenOf(
        TargetTable table, IReadOnlyList<ActualColumn> actual, HashSet<string> kept)
    {
        var helpers = table.Definition.Columns
            .SelectMany(static column => HelperSuffixesOf(column.Type).Select(suffix => column.Name + suffix))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. actual
            .Where(column => !kept.Contains(column.Name) && helpers.Contains(column.Name) && !column.IsDemanded)
            .Select(column => SqlIdentifier.Of(column.Name))];
    }

    private static string[] HelperSuffixesOf(ColumnType type) => type switch
    {
        ColumnType.Lookup => _lookupHelpers,
        ColumnType.Choice or ColumnType.State or ColumnType.Status or ColumnType.Boolean or ColumnType.MultiSelect =>
            _optionHelpers,
        _ => [],
    };
}

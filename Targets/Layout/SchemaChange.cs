namespace DataExport.Targets.Layout;

/// <summary>What kind of change a table needs. Stored by name: never rename.</summary>
internal enum SchemaChangeKind
{
    /// <summary>The table is made.</summary>
    TableCreated,

    /// <summary>A column is added at the end.</summary>
    ColumnAdded,

    /// <summary>A column gets more room: longer text, more digits after the point, larger numbers.</summary>
    ColumnWidened,

    /// <summary>A column of another type is added beside the one that has the name.</summary>
    ColumnRetyped,

    /// <summary>The source has the column no more. It is kept as it is, and no longer written.</summary>
    ColumnRemoved,

    /// <summary>The source has the column again.</summary>
    ColumnReturned,

    /// <summary>An index is made on a column.</summary>
    IndexMade,

    /// <summary>A view for reports is made, or made anew.</summary>
    ViewMade,
}

/// <summary>One change of a table of the target.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Column">The column as it is to be; of a removed one, its name alone.</param>
/// <param name="Before">The column that has the name, where one of another type is added beside it.</param>
internal sealed record SchemaChange(SchemaChangeKind Kind, TargetColumn? Column = null, ActualColumn? Before = null)
{
    /// <summary>The view that is made.</summary>
    public ReportView? View { get; init; }

    /// <summary>What an entry of <c>SchemaChanges</c> says beside the column.</summary>
    public string? Detail => View?.Name.Name ?? Column?.DeclaredType;

    /// <summary>Whether the change is one to the table, and not only noted.</summary>
    public bool IsDdl => Kind is not (SchemaChangeKind.ColumnRemoved or SchemaChangeKind.ColumnReturned);

    /// <summary>Whether the table must be read again: what is new is empty, and no delta brings it.</summary>
    public bool NeedsRead => Kind is SchemaChangeKind.TableCreated or SchemaChangeKind.ColumnAdded
        or SchemaChangeKind.ColumnRetyped or SchemaChangeKind.ColumnReturned;

    /// <summary>
    /// What carries the values of the column before over into the one beside it; nothing where that could fail, or
    /// where a cast would cut a text off without a word.
    /// </summary>
    public string? CarryExpression => (Before?.Cell, Column?.Cell) switch
    {
        (CellType.Int or CellType.BigInt, CellType.Decimal) when Column.Scale <= WholeScaleMax => Cast,
        (CellType.Int or CellType.Id or CellType.BigInt or CellType.Decimal, CellType.Text)
            when Column.TextLengthMax is 0 or >= CarriedLettersMax => Cast,
        _ => null,
    };

    /// <summary>The most letters of a number or id: sign, 38 digits and point.</summary>
    private const int CarriedLettersMax = 40;

    /// <summary>The most digits after the point that leave room for every whole number before it.</summary>
    private const int WholeScaleMax = 19;

    private string Cast => $"CAST({SqlIdentifier.Of(Before!.Name)} AS {Column!.DeclaredType})";

    /// <summary>The change in words, for a plan.</summary>
    public string Describe(TargetTable table) => Kind switch
    {
        SchemaChangeKind.TableCreated => $"create table {table.Name} with {table.Columns.Length} columns",
        SchemaChangeKind.ColumnAdded => $"{table.Name}: add column {Column!.Name} {Column.DeclaredType}",
        SchemaChangeKind.ColumnWidened => $"{table.Name}: widen column {Column!.Name} to {Column.DeclaredType}",
        SchemaChangeKind.ColumnRetyped => $"{table.Name}: add column {Column!.Name} {Column.DeclaredType} beside "
            + $"{SqlIdentifier.Of(Before!.Name)}, which is of another type and stays as it is",
        SchemaChangeKind.IndexMade => $"{table.Name}: index column {Column!.Name}",
        SchemaChangeKind.ViewMade => $"make view {View!.Name} with {View.Columns.Count} columns",
        SchemaChangeKind.ColumnRemoved =>
            $"{table.Name}: the source has column {Column!.Name} no more; it stays and is not written",
        _ => $"{table.Name}: the source has column {Column!.Name} again",
    };
}

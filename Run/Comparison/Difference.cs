namespace DataExport.Run.Comparison;

/// <summary>What differs between source and target.</summary>
internal enum DifferenceKind
{
    /// <summary>The target has no such table.</summary>
    MissingTable,

    /// <summary>The target's table lacks a column of the source.</summary>
    MissingColumn,

    /// <summary>The target's table has a column that the source does not.</summary>
    ExtraColumn,

    /// <summary>The target lacks a record of the source.</summary>
    MissingRow,

    /// <summary>The target has a record that the source does not.</summary>
    ExtraRow,

    /// <summary>A cell holds something else than the source.</summary>
    Cell,
}

/// <summary>One difference. The values are Sandbox data, made up from a seed, so they may be shown.</summary>
internal sealed record Difference(DifferenceKind Kind, string Table, string? RecordId = null, string? Column = null)
{
    public string? Expected { get; init; }

    public string? Actual { get; init; }

    public override string ToString() => Kind is DifferenceKind.Cell
        ? $"{Table}/{RecordId}/{Column}: expected {Expected}, found {Actual}"
        : $"{Table}/{RecordId}/{Column}: {Kind}";
}

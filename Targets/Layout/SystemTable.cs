using DataExport.Grains.Ports;

namespace DataExport.Targets.Layout;

/// <summary>What a column that every target has can hold.</summary>
internal enum SystemType
{
    /// <summary>Numbers the rows by itself.</summary>
    Number,

    /// <summary>32-bit whole number.</summary>
    Int,

    /// <summary>64-bit whole number.</summary>
    BigInt,

    /// <summary>Yes or no.</summary>
    Bit,

    /// <summary>Text of a longest length.</summary>
    Text,

    /// <summary>Text of any length.</summary>
    LongText,

    /// <summary>UTC to the millisecond, as <c>datetime</c> rounds it.</summary>
    Instant,

    /// <summary>A record id.</summary>
    Id,
}

/// <summary>A column that every target has.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Length">Longest text, for <see cref="SystemType.Text"/>.</param>
/// <param name="IsNullable">Whether it may be empty.</param>
internal sealed record SystemColumn(string Name, SystemType Type, int Length = 0, bool IsNullable = false);

/// <summary>A table that every target has, whatever the profile exports.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Key">The names of its key columns.</param>
/// <param name="Index">The columns of its index, which is named for the last of them; empty for none.</param>
/// <param name="IsKeyed">Whether its rows are looked up by the key: they need no other order.</param>
internal sealed record SystemTable(
    TableName Name, SystemColumn[] Columns, string[] Key, string[] Index, bool IsKeyed = false)
{
    /// <summary>The statements that create it, its index last.</summary>
    public IEnumerable<string> Scripts(TargetDialect dialect)
    {
        var lines = Columns.Select(column => ColumnLine(dialect, column)).ToList();
        if (!(dialect.IsNumberKey && Columns.Any(column => column.Type is SystemType.Number)))
        {
            lines.Add($"PRIMARY KEY ({Names(dialect, Key)})");
        }

        yield return $"CREATE TABLE {Name} (\n    {string.Join(",\n    ", lines)}\n){dialect.Suffix(this)}";
        if (Index.Length > 0)
        {
            yield return $"CREATE INDEX {dialect.Name($"{Name.Name}_{Index[^1]}")} ON {Name} ({Names(dialect, Index)})";
        }
    }

    /// <summary>The statements that create it, or add the columns that an earlier version did not have yet.</summary>
    /// <exception cref="TargetRefusedException">Something else has the name.</exception>
    public IEnumerable<string> MissingScripts(TargetDialect dialect, IReadOnlyList<ActualColumn>? actual)
    {
        if (actual is null)
        {
            return Scripts(dialect);
        }

        var there = actual.Select(static column => column.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = Columns.Where(column => !there.Contains(column.Name)).ToList();
        return missing.Find(static column => !column.IsNullable) is { } needed
            ? throw new TargetRefusedException(
                $"There is already a table named {Name}, and it has no column {needed.Name}. Rename or drop it.")
            : missing.Select(column => AddScript(dialect, column));
    }

    private string AddScript(TargetDialect dialect, SystemColumn column) =>
        $"ALTER TABLE {Name} ADD {ColumnLine(dialect, column)}";

    private static string ColumnLine(TargetDialect dialect, SystemColumn column)
    {
        var demand = column.IsNullable ? "" : " NOT NULL";
        var type = dialect.TypeOf(column.Type, column.Length);
        return column.Type is SystemType.Number
            ? $"{dialect.Name(column.Name)} {type}"
            : $"{dialect.Name(column.Name)} {type}{demand}";
    }

    private static string Names(TargetDialect dialect, string[] columns) =>
        string.Join(", ", columns.Select(column => dialect.Name(column).ToString()));
}

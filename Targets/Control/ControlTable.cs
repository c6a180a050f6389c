using System.Data;

namespace DataExport.Targets.Control;

/// <summary>A table of the control database. Its first <paramref name="keys"/> columns are its key.</summary>
internal sealed class ControlTable(string name, int keys, params ControlColumn[] columns)
{
    public string Name => name;

    public IReadOnlyList<ControlColumn> Columns => columns;

    public IEnumerable<ControlColumn> Keys => columns.Take(keys);

    /// <summary>The columns that are no key.</summary>
    public IEnumerable<ControlColumn> Values => columns.Skip(keys);
}

/// <summary>A column of the control database, or a parameter.</summary>
/// <param name="Name">The same in every engine; PostgreSQL has it in lower case.</param>
/// <param name="Type">How a value goes to the engine.</param>
/// <param name="LettersMax">Longer texts are cut.</param>
internal sealed record ControlColumn(string Name, DbType Type, int LettersMax = int.MaxValue)
{
    public ControlValue With(object? value) => new(this, value);
}

/// <summary>A value on its way to a column.</summary>
internal readonly record struct ControlValue(ControlColumn Column, object? Value)
{
    /// <summary>The value as every engine takes it.</summary>
    public object? Stored => Value switch
    {
        string text => Cut(text),

        // Finer than this no column keeps it, and SQL Server would round it up, past the instant it is compared to.
        DateTime instant => new DateTime(
            instant.Ticks - (instant.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc),
        _ => Value,
    };

    private string Cut(string text)
    {
        // PostgreSQL takes no NUL in a text.
        var clean = text.Replace('\0', '\uFFFD');
        if (clean.Length <= Column.LettersMax)
        {
            return clean;
        }

        // Half a character would be no text.
        var end = char.IsHighSurrogate(clean[Column.LettersMax - 1]) ? Column.LettersMax - 1 : Column.LettersMax;
        return clean[..end];
    }
}

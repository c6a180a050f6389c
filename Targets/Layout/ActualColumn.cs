namespace DataExport.Targets.Layout;

/// <summary>A column as the target has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cell">What it can hold; <see langword="null"/> if none of our types fits it.</param>
/// <param name="TextLengthMax">Longest text, in UTF-16 units; 0: any, or no text.</param>
/// <param name="Scale">Digits after the point of a decimal number.</param>
/// <param name="IsDemanded">Whether it must not be empty.</param>
internal sealed record ActualColumn(
    string Name, CellType? Cell, int TextLengthMax = 0, int Scale = 0, bool IsDemanded = false)
{
    /// <summary>Whether no two rows can have the same value in it.</summary>
    public bool IsUnique { get; init; }

    /// <summary>Whether an index of all rows begins with it.</summary>
    public bool IsIndexed { get; init; }
}

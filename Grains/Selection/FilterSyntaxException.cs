namespace DataExport.Grains.Selection;

/// <summary>A filter cannot be read, or does not fit its table. The message names no value of a record.</summary>
/// <param name="position">Where in the text, from 1.</param>
/// <param name="message">What is wrong there.</param>
internal sealed class FilterSyntaxException(int position, string message) : Exception(message)
{
    /// <summary>Where in the text the fault is; the first character is 1.</summary>
    public int Position { get; } = position;
}

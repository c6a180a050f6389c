using System.Text;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>
/// A text is longer than its column, which is then widened and the batch written again. Never leaves the target.
/// </summary>
internal sealed class TextTooLongException(TargetTable table, TargetColumn column, int length)
    : Exception($"{table.Definition.Name}: column '{column.Name.Name}' must hold {length} letters.")
{
    public TargetTable Table => table;

    public TargetColumn Column => column;

    /// <summary>The length that is needed, in UTF-16 units.</summary>
    public int Length => length;

    public static void ThrowIfTooLong(ReadOnlySpan<byte> utf8, TargetTable table, TargetColumn column)
    {
        // A letter takes at least one byte, so most texts need not be counted.
        if (column.TextLengthMax > 0 && utf8.Length > column.TextLengthMax
            && Encoding.UTF8.GetCharCount(utf8) is var length && length > column.TextLengthMax)
        {
            throw new TextTooLongException(table, column, length);
        }
    }
}

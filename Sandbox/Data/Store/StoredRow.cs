namespace DataExport.Sandbox;

/// <summary>
/// The values that a record came with, for records that were loaded, rows of intersect tables and parties. They count
/// until a column is changed; a column that is not among them is null.
/// </summary>
/// <param name="id">The record's id; <see langword="null"/> for one whose id is made of its number.</param>
/// <param name="ordinals">The columns that have a value.</param>
/// <param name="cells">Their values.</param>
internal sealed class StoredRow(Guid? id, ushort[] ordinals, Cell[] cells)
{
    public Guid? Id => id;

    /// <summary>The columns that have a value, in the order in which they came.</summary>
    public ReadOnlySpan<ushort> Ordinals => ordinals;

    public Cell CellOf(int ordinal)
    {
        var place = ordinals.AsSpan().IndexOf((ushort)ordinal);
        return place < 0 ? Cell.Null : cells[place];
    }
}

using DataExport.Targets.Layout;

namespace DataExport.Targets.SqlServer;

/// <summary>How many bytes a row takes on its page, with everything moved elsewhere that can be.</summary>
internal static class RowSize
{
    /// <summary>What a row may take.</summary>
    internal const int BytesMax = 8_060;

    private const int HeaderBytes = 4;
    private const int CountBytes = 2;
    private const int OffsetBytes = 2;
    private const int PointerBytes = 24;
    private const int DecimalBytes = 17;
    private const int BitsPerByte = 8;

    internal static int Of(TargetTable table)
    {
        var fixedBytes = table.Columns.Sum(static column => column.Cell switch
        {
            CellType.Id => 16,
            CellType.Int => 4,
            CellType.BigInt or CellType.Instant => 8,
            CellType.Decimal => DecimalBytes,
            _ => 0,
        });
        var texts = table.Columns.Count(static column => column.Cell is CellType.Text);
        var bits = table.Columns.Count(static column => column.Cell is CellType.Bit);

        // A text that finds no room leaves a pointer to where it is.
        return HeaderBytes + fixedBytes + InBytes(bits) + CountBytes + InBytes(table.Columns.Length)
            + CountBytes + (texts * (OffsetBytes + PointerBytes));
    }

    private static int InBytes(int bits) => (bits + BitsPerByte - 1) / BitsPerByte;
}

using System.Collections.Immutable;
using DataExport.Targets.Layout;

namespace DataExport.Targets.Merging;

/// <summary>
/// Which columns of the source a group of writes sends. Rows of one group go to the target together, so a column that
/// only some of them send is marked for those.
/// </summary>
internal sealed class RowShape
{
    /// <summary>How many columns one mask marks: 64-bit numbers have a sign in every engine.</summary>
    public const int BitsPerMask = 62;

    private RowShape(TargetTable table, ImmutableArray<int> ordinals, bool isWhole, bool isMasked)
    {
        (Table, Ordinals, IsWhole) = (table, ordinals, isWhole);
        MaskCount = isMasked ? (ordinals.Length + BitsPerMask - 1) / BitsPerMask : 0;
    }

    public TargetTable Table { get; }

    /// <summary>The columns of the source, rising.</summary>
    public ImmutableArray<int> Ordinals { get; }

    /// <summary>Whether all columns are sent.</summary>
    public bool IsWhole { get; }

    /// <summary>How many masks mark the sent columns; none if all rows send all of <see cref="Ordinals"/>.</summary>
    public int MaskCount { get; }

    /// <summary>All columns of a table.</summary>
    public static RowShape Whole(TargetTable table) =>
        new(
            table,
            [.. Enumerable.Range(0, table.Definition.Columns.Length).Where(table.HasColumn)],
            isWhole: true,
            isMasked: false);

    /// <summary>The columns that at least one of some updates sends.</summary>
    public static RowShape Of(TargetTable table, IReadOnlyList<RowWrite> updates)
    {
        var sent = new int[table.Definition.Columns.Length];
        foreach (var update in updates)
        {
            foreach (var value in update.Columns)
            {
                sent[value.Ordinal]++;
            }
        }

        var ordinals = ImmutableArray.CreateBuilder<int>();
        var isMasked = false;
        for (var ordinal = 0; ordinal < sent.Length; ordinal++)
        {
            if (sent[ordinal] > 0 && IsSent(table, ordinal))
            {
                ordinals.Add(ordinal);
                isMasked |= sent[ordinal] < updates.Count;
            }
        }

        return new RowShape(table, ordinals.ToImmutable(), isWhole: false, isMasked);
    }

    /// <summary>A text that two shapes have in common only if their statements are the same.</summary>
    public string Signature => $"{string.Join(',', Ordinals)}/{MaskCount}";

    /// <summary>Fills the masks of a row: a bit is set for each of <see cref="Ordinals"/> that it sends.</summary>
    public void FillMasks(ColumnValues sent, Span<long> masks)
    {
        if (masks.IsEmpty)
        {
            return;
        }

        masks.Clear();
        var place = 0;
        foreach (var value in sent)
        {
            while (place < Ordinals.Length && Ordinals[place] < value.Ordinal)
            {
                place++;
            }

            if (place < Ordinals.Length && Ordinals[place] == value.Ordinal)
            {
                masks[place / BitsPerMask] |= 1L << (place % BitsPerMask);
            }
        }
    }

    /// <summary>
    /// Whether a notification's value is written. The id is the row's already; version number and <c>modifiedon</c> are
    /// written from what the evidence knows.
    /// </summary>
    private static bool IsSent(TargetTable table, int ordinal) =>
        table.HasColumn(ordinal)
        && ordinal != table.PrimaryIdOrdinal && ordinal != table.VersionOrdinal && ordinal != table.ModifiedOnOrdinal;
}

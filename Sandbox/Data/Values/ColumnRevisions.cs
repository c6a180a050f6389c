namespace DataExport.Sandbox;

/// <summary>
/// How often which column of a record was changed: first the ordinals, then as many counts. An array is never changed
/// once a record holds it, so readers need no lock.
/// </summary>
internal static class ColumnRevisions
{
    /// <summary>How often a column was changed, modulo 65,536.</summary>
    public static int Of(ushort[]? revisions, int ordinal)
    {
        if (revisions is null)
        {
            return 0;
        }

        var count = revisions.Length / 2;
        var place = revisions.AsSpan(0, count).IndexOf((ushort)ordinal);
        return place < 0 ? 0 : revisions[count + place];
    }

    /// <summary>Whether a column was ever changed.</summary>
    public static bool Has(ushort[]? revisions, int ordinal) =>
        revisions is not null && revisions.AsSpan(0, revisions.Length / 2).Contains((ushort)ordinal);

    /// <summary>The revisions after one more change of each of <paramref name="ordinals"/>.</summary>
    public static ushort[] Raise(ushort[]? revisions, ReadOnlySpan<int> ordinals)
    {
        var count = (revisions?.Length ?? 0) / 2;
        Span<ushort> names = stackalloc ushort[count + ordinals.Length];
        Span<ushort> counts = stackalloc ushort[count + ordinals.Length];
        revisions.AsSpan(0, count).CopyTo(names);
        revisions.AsSpan(count).CopyTo(counts);
        foreach (var ordinal in ordinals)
        {
            var place = names[..count].IndexOf((ushort)ordinal);
            if (place < 0)
            {
                place = count++;
                names[place] = (ushort)ordinal;
                counts[place] = 0;
            }

            counts[place]++;
        }

        var raised = new ushort[count * 2];
        names[..count].CopyTo(raised);
        counts[..count].CopyTo(raised.AsSpan(count));
        return raised;
    }
}

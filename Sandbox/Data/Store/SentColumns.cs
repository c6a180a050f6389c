namespace DataExport.Sandbox;

/// <summary>The columns that an update sends.</summary>
internal static class SentColumns
{
    /// <summary>Chooses different columns, as many as <paramref name="ordinals"/> has room for.</summary>
    public static void Choose(SandboxTable table, ulong random, Span<int> ordinals)
    {
        for (var chosen = 0; chosen < ordinals.Length;)
        {
            var ordinal = table.Updatable[Mixer.Below(Mixer.Next(ref random), table.Updatable.Length)];
            if (!ordinals[..chosen].Contains(ordinal))
            {
                ordinals[chosen++] = ordinal;
            }
        }
    }

    /// <summary>Gathers the named columns and those that are computed from them, each once.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">A column cannot be updated.</exception>
    public static int Gather(SandboxTable table, ReadOnlySpan<int> ordinals, Span<int> sent)
    {
        var count = 0;
        foreach (var ordinal in ordinals)
        {
            var column = table.All[ordinal];
            if (!column.IsUpdatable)
            {
                throw new ArgumentException(
                    $"Column {column.Name} of {table.Name} cannot be updated.", nameof(ordinals));
            }

            Add(ordinal, sent, ref count);
            foreach (var companion in column.Companions)
            {
                Add(companion, sent, ref count);
            }
        }

        return count;
    }

    private static void Add(int ordinal, Span<int> sent, ref int count)
    {
        if (!sent[..count].Contains(ordinal))
        {
            sent[count++] = ordinal;
        }
    }
}

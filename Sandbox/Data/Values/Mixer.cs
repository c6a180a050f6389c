namespace DataExport.Sandbox;

/// <summary>Hashes that everything random in the sandbox is drawn by: the same in every process.</summary>
internal static class Mixer
{
    private const ulong Increment = 0x9E3779B97F4A7C15;

    /// <summary>Spreads a number over all 64 bits (the finisher of SplitMix64).</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>Hashes two numbers to one.</summary>
    public static ulong Mix(ulong left, ulong right) => Mix((left + Increment) ^ Mix(right + Increment));

    /// <summary>Hashes a name.</summary>
    public static ulong Mix(ulong seed, string name)
    {
        foreach (var letter in name)
        {
            seed = Mix(seed, letter);
        }

        return seed;
    }

    /// <summary>Maps a hash to 0 … <paramref name="count"/> - 1, by its upper half.</summary>
    public static int Below(ulong hash, int count) => (int)(((hash >> 32) * (ulong)(uint)count) >> 32);

    /// <summary>The next of a series of hashes.</summary>
    public static ulong Next(ref ulong state)
    {
        state += Increment;
        return Mix(state);
    }
}

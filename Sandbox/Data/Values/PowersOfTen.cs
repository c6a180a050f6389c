namespace DataExport.Sandbox;

internal static class PowersOfTen
{
    private static readonly ulong[] Powers = Build();

    /// <summary>10 to the power of 0 … 19.</summary>
    public static ulong Of(int exponent) => Powers[exponent];

    private static ulong[] Build()
    {
        var powers = new ulong[20];
        powers[0] = 1;
        for (var exponent = 1; exponent < powers.Length; exponent++)
        {
            powers[exponent] = powers[exponent - 1] * 10;
        }

        return powers;
    }
}

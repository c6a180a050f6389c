namespace DataExport.Sandbox;

/// <summary>
/// The organization's currencies. Their rates have exact reciprocals, so base amounts are hardly rounded.
/// </summary>
internal static class Currencies
{
    private const long LargestAmount = 9_223_372_036_854_770_000;

    /// <summary>Rates to the base currency, in units of 10^-10: 1, 1.25, 0.8, 1.6.</summary>
    private static readonly long[] Rates = [10_000_000_000, 12_500_000_000, 8_000_000_000, 16_000_000_000];

    private static readonly long[] Thousandths = [1000, 800, 1250, 625];

    public static long RateOf(long currency) => Rates[currency];

    /// <summary>The amount in the base currency, rounded to the last digit and kept within money's limits.</summary>
    public static long ToBase(long amount, long currency)
    {
        if (currency == 0)
        {
            return amount;
        }

        var product = (Int128)amount * Thousandths[currency];
        var rounded = (product + (product < 0 ? -500 : 500)) / 1000;
        return (long)Int128.Clamp(rounded, -LargestAmount, LargestAmount);
    }
}

namespace DataExport.Grains.Selection;

/// <summary>
/// What a condition may be of a record: SQL's three values, as a set. More than one is in it when a column was not
/// told.
/// </summary>
[Flags]
internal enum Truths
{
    None = 0,
    False = 1,

    /// <summary>A comparison with nothing: neither true nor false, and so is its contrary.</summary>
    Unknown = 2,
    True = 4,

    /// <summary>A column was not told, and all may be.</summary>
    Any = False | Unknown | True,
}

/// <summary>SQL's logic over sets of truth values.</summary>
internal static class TruthLogic
{
    public static Truths Of(bool isTrue) => isTrue ? Truths.True : Truths.False;

    public static Truths Not(Truths truths) =>
        (truths & Truths.Unknown)
        | (Has(truths, Truths.True) ? Truths.False : Truths.None)
        | (Has(truths, Truths.False) ? Truths.True : Truths.None);

    /// <summary>The lower of both, for every pair: false is lowest.</summary>
    public static Truths And(Truths left, Truths right) =>
        (left & right & Truths.True)
        | ((left | right) & Truths.False)
        | (Has(left, Truths.Unknown) && AboveFalse(right) || Has(right, Truths.Unknown) && AboveFalse(left)
            ? Truths.Unknown
            : Truths.None);

    public static Truths Or(Truths left, Truths right) => Not(And(Not(left), Not(right)));

    /// <summary>Unlike <c>Enum.HasFlag</c> this makes no objects before the code is compiled anew.</summary>
    public static bool Has(Truths truths, Truths one) => (truths & one) != 0;

    private static bool AboveFalse(Truths truths) => Has(truths, Truths.True | Truths.Unknown);
}

namespace DataExport.Sandbox;

/// <summary>How seeded rows and changes are spread over the tables, in percent.</summary>
internal static class SeedShares
{
    private static readonly int[] Percents = [20, 30, 15, 15, 10, 10];

    public static int PercentOf(int table) => Percents[table];

    /// <summary>The table of a draw from 0 to 99.</summary>
    public static int TableOf(int draw)
    {
        var table = 0;
        while (draw >= Percents[table])
        {
            draw -= Percents[table++];
        }

        return table;
    }
}

namespace DataExport.Sandbox;

/// <summary>What stands beside a picture, made of its id: so all three change together.</summary>
internal static class ImageCells
{
    private static readonly long FirstTicks = new DateTime(2004, 1, 1).Ticks;

    /// <summary>The time of the picture.</summary>
    public static Cell Time(in Cell image) => image.Kind is CellKind.Null
        ? image
        : new Cell(CellKind.Integer, Ticks(image));

    /// <summary>The address of the picture.</summary>
    public static Cell Address(string table, in Cell image) => image.Kind is CellKind.Null
        ? image
        : Cell.OfText($"/Image/download.aspx?Entity={table}&Timestamp={Ticks(image)}");

    private static long Ticks(in Cell image) =>
        FirstTicks + ((long)(Mixer.Mix((ulong)(image.Number ^ image.Second)) >> 8) % (1000 * TimeSpan.TicksPerDay));
}

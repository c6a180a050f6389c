using System.Numerics;
using System.Text;

namespace DataExport.Sandbox;

/// <summary>Makes typed values of cells.</summary>
internal static class CellValue
{
    [ThreadStatic]
    private static StringBuilder? s_text;

    public static SandboxValue Of(RecordIds ids, SandboxTable table, SandboxColumn column, in Cell cell) =>
        cell.Kind switch
        {
            CellKind.Null => default,
            CellKind.Boolean => SandboxValue.Of(cell.Number != 0),
            CellKind.Integer or CellKind.Option => SandboxValue.Of(cell.Number),
            CellKind.Decimal or CellKind.Money => SandboxValue.Of(Decimal(cell.Number, cell.Scale)),
            CellKind.Double => SandboxValue.Of(cell.Number / (double)PowersOfTen.Of(cell.Scale)),
            CellKind.Instant => SandboxValue.Of(new DateTime(cell.Number, DateTimeKind.Utc)),
            CellKind.WallClock or CellKind.Day => SandboxValue.Of(new DateTime(cell.Number, DateTimeKind.Unspecified)),
            CellKind.RecordId => SandboxValue.Of(ids.IdOf(cell.Table, (uint)cell.Number)),
            CellKind.DrawnId => SandboxValue.Of(DrawnId.Of((ulong)cell.Number)),
            CellKind.Lookup or CellKind.Reference => SandboxValue.Lookup(
                GuidOf(ids, cell), ids.NameOf(cell.Table)),
            CellKind.Id => SandboxValue.Of(cell.Id),
            CellKind.StoredText => SandboxValue.Of(cell.Text!),
            CellKind.Options => SandboxValue.OfOptions(Options(column, (ulong)cell.Number)),
            _ => SandboxValue.Of(Text(table, column, cell)),
        };

    /// <summary>The GUID of an id or a reference; of anything else the empty one.</summary>
    public static Guid GuidOf(RecordIds ids, in Cell cell) => cell.Kind switch
    {
        CellKind.RecordId or CellKind.Lookup => ids.IdOf(cell.Table, (uint)cell.Number),
        CellKind.DrawnId => DrawnId.Of((ulong)cell.Number),
        CellKind.Id or CellKind.Reference => cell.Id,
        _ => default,
    };

    private static string Options(SandboxColumn column, ulong places)
    {
        var options = new List<int>();
        for (; places != 0; places &= places - 1)
        {
            options.Add(column.Options[BitOperations.TrailingZeroCount(places)].Value);
        }

        return string.Join(',', options);
    }

    private static decimal Decimal(long unscaled, byte scale)
    {
        var magnitude = (ulong)Math.Abs(unscaled);
        return new decimal((int)magnitude, (int)(magnitude >> 32), 0, unscaled < 0, scale);
    }

    private static string Text(SandboxTable table, SandboxColumn column, in Cell cell)
    {
        var text = s_text ??= new StringBuilder();
        text.Clear();
        CellText.Compose(new StringTextSink(text), table, column, cell);
        return text.ToString();
    }
}

/// <summary>GUIDs that are no record's id.</summary>
internal static class DrawnId
{
    public static Guid Of(ulong hash)
    {
        var other = Mixer.Mix(hash);
        return new Guid(
            (int)hash, (short)(hash >> 32), (short)((hash >> 48 & 0x0FFF) | 0x4000),
            (byte)((other & 0x3F) | 0x80), (byte)(other >> 8), (byte)(other >> 16), (byte)(other >> 24),
            (byte)(other >> 32), (byte)(other >> 40), (byte)(other >> 48), (byte)(other >> 56));
    }
}

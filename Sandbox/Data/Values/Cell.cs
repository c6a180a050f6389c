using System.Runtime.InteropServices;

namespace DataExport.Sandbox;

/// <summary>How a <see cref="Cell"/> is to be read.</summary>
internal enum CellKind : byte
{
    Null,
    Boolean,
    Integer,

    /// <summary>An unscaled number and its scale, as decimal.</summary>
    Decimal,

    /// <summary>An unscaled number and its scale, as amount of money.</summary>
    Money,

    /// <summary>An unscaled number and its scale, as floating point number.</summary>
    Double,

    /// <summary>An option of a choice.</summary>
    Option,

    /// <summary>Ticks of an instant.</summary>
    Instant,

    /// <summary>Ticks of a time without zone.</summary>
    WallClock,

    /// <summary>Ticks of a day.</summary>
    Day,

    /// <summary>The id of a record, as plain GUID.</summary>
    RecordId,

    /// <summary>A GUID drawn by a hash.</summary>
    DrawnId,

    /// <summary>The id of a record, as reference.</summary>
    Lookup,

    /// <summary>The hash of a text.</summary>
    Text,

    /// <summary>The hashes of two texts, joined by a space.</summary>
    FullName,

    /// <summary>A GUID as it is.</summary>
    Id,

    /// <summary>A reference to the record of a GUID as it is.</summary>
    Reference,

    /// <summary>A text as it is.</summary>
    StoredText,

    /// <summary>Several options: a bit for each place in the column's list.</summary>
    Options,
}

/// <summary>
/// One value before it is written: small enough to be made for every cell of every page, without an allocation.
/// </summary>
internal readonly struct Cell(
    CellKind kind, long number, byte scale = 0, short table = 0, long second = 0, string? text = null)
{
    public readonly CellKind Kind = kind;

    /// <summary>
    /// Digits after the point. Of a full name: 1 if the first text is there, 2 if the second is, 3 if both are.
    /// </summary>
    public readonly byte Scale = scale;

    /// <summary>The table of a reference.</summary>
    public readonly short Table = table;

    public readonly long Number = number;

    /// <summary>The hash of a second text.</summary>
    public readonly long Second = second;

    public readonly string? Text = text;

    public static Cell Null => default;

    /// <summary>The GUID of <see cref="CellKind.Id"/> and <see cref="CellKind.Reference"/>.</summary>
    public Guid Id
    {
        get
        {
            ReadOnlySpan<long> halves = [Number, Second];
            return MemoryMarshal.Read<Guid>(MemoryMarshal.AsBytes(halves));
        }
    }

    public static Cell OfId(Guid id) => OfId(CellKind.Id, id, 0);

    public static Cell OfReference(Guid id, int table) => OfId(CellKind.Reference, id, (short)table);

    public static Cell OfText(string text) => new(CellKind.StoredText, 0, text: text);

    private static Cell OfId(CellKind kind, Guid id, short table)
    {
        Span<long> halves = stackalloc long[2];
        _ = id.TryWriteBytes(MemoryMarshal.AsBytes(halves));
        return new Cell(kind, halves[0], table: table, second: halves[1]);
    }
}

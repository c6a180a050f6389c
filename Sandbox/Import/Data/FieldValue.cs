using System.Globalization;

namespace DataExport.Sandbox;

/// <summary>Reads the text of a field as the value of its type.</summary>
internal static class FieldValue
{
    private const byte MoneyScale = 4;
    private const int ScaleMax = 10;

    private static readonly long FirstTicks = new DateTime(1753, 1, 1).Ticks;

    /// <summary>The value, and what it shows of its column.</summary>
    /// <param name="reader">Stands on the field.</param>
    /// <param name="column">The field's column.</param>
    /// <param name="text">The field's text.</param>
    /// <param name="catalog">Gives numbers to the tables of lookups.</param>
    /// <exception cref="ImportException">The text is none of that type.</exception>
    public static Cell Read(ImportReader reader, ImportedColumn column, string text, TableCatalog catalog)
    {
        if (column.Type is SandboxColumnType.String or SandboxColumnType.Memo or SandboxColumnType.EntityName)
        {
            column.Longest = Math.Max(column.Longest, text.Length);
            return Cell.OfText(text);
        }

        return text.Length == 0 ? Cell.Null : column.Type switch
        {
            SandboxColumnType.Integer => ReadInteger(reader, column, text, int.MinValue, int.MaxValue),
            SandboxColumnType.BigInt => ReadInteger(reader, column, text, long.MinValue, long.MaxValue),
            SandboxColumnType.Boolean => new Cell(CellKind.Boolean, ReadBoolean(reader, column, text) ? 1 : 0),
            SandboxColumnType.DateTime => ReadTime(reader, column, text),
            SandboxColumnType.Decimal => ReadNumber(reader, column, text, CellKind.Decimal),
            SandboxColumnType.Double => ReadNumber(reader, column, text, CellKind.Double),
            SandboxColumnType.Money => ReadNumber(reader, column, text, CellKind.Money),
            SandboxColumnType.UniqueIdentifier => Cell.OfId(ReadId(reader, column, text)),
            SandboxColumnType.Picklist or SandboxColumnType.State or SandboxColumnType.Status =>
                ReadOption(reader, column, text),
            SandboxColumnType.MultiSelect => ReadOptions(reader, column, text),
            _ => ReadReference(reader, column, text, catalog),
        };
    }

    private static Cell ReadInteger(ImportReader reader, ImportedColumn column, string text, long min, long max) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= min && number <= max
            ? new Cell(CellKind.Integer, number)
            : throw Wrong(reader, column, text, "whole number");

    private static bool ReadBoolean(ImportReader reader, ImportedColumn column, string text) => text switch
    {
        "1" => true,
        "0" => false,
        _ => bool.TryParse(text, out var flag) ? flag : throw Wrong(reader, column, text, "True or False"),
    };

    private static Cell ReadTime(ImportReader reader, ImportedColumn column, string text)
    {
        const DateTimeStyles Styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, Styles, out var time) || time.Ticks < FirstTicks)
        {
            throw Wrong(reader, column, text, "time from 1753 on, such as 2024-05-31T12:00:00Z");
        }

        return new Cell(CellKind.Instant, time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond));
    }

    private static Cell ReadNumber(ImportReader reader, ImportedColumn column, string text, CellKind kind)
    {
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            throw Wrong(reader, column, text, "number");
        }

        var scale = kind is CellKind.Money ? MoneyScale : Math.Min((int)number.Scale, ScaleMax);
        number = Math.Round(number, scale);
        if (Math.Abs(number) > long.MaxValue / (decimal)PowersOfTen.Of(scale))
        {
            throw Wrong(reader, column, text, "number of 18 digits at most");
        }

        column.Scale = Math.Max(column.Scale, scale);
        return new Cell(kind, (long)(number * PowersOfTen.Of(scale)), (byte)scale);
    }

    private static Guid ReadId(ImportReader reader, ImportedColumn column, string text) =>
        Guid.TryParse(text, out var id) ? id : throw Wrong(reader, column, text, "GUID");

    private static Cell ReadOption(ImportReader reader, ImportedColumn column, string text)
    {
        var option = ReadOneOption(reader, column, text);
        _ = column.PlaceOf(option);
        return new Cell(CellKind.Option, option);
    }

    /// <summary>Options stand between brackets and two -1: <c>[-1,3,7,-1]</c>.</summary>
    private static Cell ReadOptions(ImportReader reader, ImportedColumn column, string text)
    {
        ulong places = 0;
        foreach (var part in text.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries))
        {
            if (part is "-1" or "")
            {
                continue;
            }

            var place = column.PlaceOf(ReadOneOption(reader, column, part));
            places |= place >= 0
                ? 1UL << place
                : throw Wrong(reader, column, part, "option of a set of at most 64");
        }

        return places == 0 ? Cell.Null : new Cell(CellKind.Options, (long)places);
    }

    private static int ReadOneOption(ImportReader reader, ImportedColumn column, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var option)
            ? option
            : throw Wrong(reader, column, text, "number of an option");

    private static Cell ReadReference(ImportReader reader, ImportedColumn column, string text, TableCatalog catalog)
    {
        var table = reader.Attribute("lookupentity") is { Length: > 0 } named
            ? named
            : column.Targets.Count > 0 ? column.Targets[0]
            : throw reader.Fault(
                $"Field {column.Name} does not tell the table that it refers to.", "Give it a lookupentity.");
        column.AddTarget(table);
        return Cell.OfReference(ReadId(reader, column, text), catalog.IndexOf(table));
    }

    private static ImportException Wrong(ImportReader reader, ImportedColumn column, string text, string expected)
    {
        var shown = text.Length > 40 ? string.Concat(text.AsSpan(0, 40), "…") : text;
        return reader.Fault(
            $"Field {column.Name} holds '{shown}' and should hold a {expected}.",
            "Correct the value or remove the field.");
    }
}

namespace DataExport.Sandbox;

/// <summary>
/// Draws the value of any column of any record: a pure function of seed, table, column, record number, the column's
/// revision and the record's own version and times.
/// </summary>
internal static class CellSource
{
    private const ulong Spread = 0x9E3779B97F4A7C15;
    private const byte MoneyScale = 4;
    private const byte RateScale = 10;

    private static readonly long TimesBegin = new DateTime(2004, 1, 1).Ticks;
    private static readonly long DaysBegin = new DateTime(1920, 1, 1).Ticks;
    private static readonly long FirstDay = new DateTime(1753, 1, 1).Ticks;
    private static readonly long LastDay = new DateTime(9999, 12, 30).Ticks;
    private static readonly long LastTime = new DateTime(9999, 12, 30, 23, 59, 59).Ticks;

    public static Cell Draw(SandboxTable table, SandboxColumn column, in SandboxRecord record) => column.Role switch
    {
        ColumnRole.VersionNumber => new Cell(CellKind.Integer, record.Version),
        ColumnRole.CreatedOn => new Cell(CellKind.Instant, record.CreatedOn.Ticks),
        ColumnRole.ModifiedOn => new Cell(CellKind.Instant, record.ModifiedOn.Ticks),
        ColumnRole.PrimaryId => record.Stored?.Id is { } id
            ? Cell.OfId(id)
            : new Cell(CellKind.RecordId, record.Number, table: (short)table.Index),
        ColumnRole.Parties => Cell.Null,
        _ when record.Stored is { } stored && !ColumnRevisions.Has(record.Revisions, column.Ordinal) =>
            stored.CellOf(column.Ordinal),
        _ => Make(table, column, record),
    };

    private static Cell Make(SandboxTable table, SandboxColumn column, in SandboxRecord record) => column.Role switch
    {
        ColumnRole.Drawn or ColumnRole.ModifiedBy or ColumnRole.Computed => DrawHashed(column, Hash(column, record)),
        ColumnRole.FullName => FullName(table, column, record),
        ColumnRole.BaseAmount => BaseAmount(table, column, record),
        ColumnRole.ExchangeRate => ExchangeRate(table, column, record),
        ColumnRole.Status => Status(table, column, record),
        ColumnRole.OwningUser or ColumnRole.OwningTeam => Owner(table, column, record),
        ColumnRole.OwningBusinessUnit => new Cell(CellKind.Lookup, 0, table: (short)column.TargetIndexes[0]),
        ColumnRole.TableName => Cell.OfText(table.Name),
        ColumnRole.ImageTime => ImageCells.Time(Draw(table, table.All[column.Sources[0]], record)),
        ColumnRole.ImageAddress => ImageCells.Address(
            table.Name, Draw(table, table.All[column.Sources[0]], record)),
        ColumnRole.Unreadable => new Cell(CellKind.Boolean, 0),
        _ => Cell.Null,
    };

    private static ulong Hash(SandboxColumn column, in SandboxRecord record)
    {
        var revision = (ulong)ColumnRevisions.Of(record.Revisions, column.Ordinal);
        return Mixer.Mix(column.Salt + (((revision << 32) | record.Number) * Spread));
    }

    private static Cell DrawHashed(SandboxColumn column, ulong hash)
    {
        if ((byte)hash < column.NullsOf256)
        {
            return Cell.Null;
        }

        var isExtreme = (byte)(hash >> 8) == 0;
        return column.Type switch
        {
            SandboxColumnType.String or SandboxColumnType.Memo => new Cell(CellKind.Text, (long)hash),
            SandboxColumnType.Boolean => new Cell(CellKind.Boolean, (long)(hash >> 40 & 1)),
            SandboxColumnType.Integer or SandboxColumnType.BigInt =>
                new Cell(CellKind.Integer, Number(column, 0, hash, isExtreme)),
            SandboxColumnType.Decimal => Scaled(CellKind.Decimal, column, hash, isExtreme),
            SandboxColumnType.Double => Scaled(CellKind.Double, column, hash, isExtreme),
            SandboxColumnType.Money => Money(column, hash, isExtreme),
            SandboxColumnType.DateTime => Time(column, hash, isExtreme),
            SandboxColumnType.Picklist or SandboxColumnType.Status => Option(column.Options, hash),
            SandboxColumnType.MultiSelect => SomeOptions(Math.Min(64, column.Options.Count), hash),
            SandboxColumnType.State => State(column, hash),
            SandboxColumnType.UniqueIdentifier => new Cell(CellKind.DrawnId, (long)hash),
            _ => Lookup(column, hash),
        };
    }

    private static Cell Scaled(CellKind kind, SandboxColumn column, ulong hash, bool isExtreme)
    {
        var scale = column.Precision;
        while (isExtreme && scale > 0 && !FitsIn(scale, column))
        {
            scale--;
        }

        return new Cell(kind, Number(column, scale, hash, isExtreme), (byte)scale);
    }

    /// <summary>Whether the column's limits can be told with so many digits after the point.</summary>
    private static bool FitsIn(int scale, SandboxColumn column) =>
        Int128.Max(Int128.Abs(column.MinValue), column.MaxValue) * PowersOfTen.Of(scale) <= long.MaxValue;

    private static Cell Money(SandboxColumn column, ulong hash, bool isExtreme) => new(
        CellKind.Money,
        Number(column, column.Precision, hash, isExtreme) * (long)PowersOfTen.Of(MoneyScale - column.Precision),
        MoneyScale);

    /// <summary>A number of any magnitude within the column's limits, in units of its last digit.</summary>
    private static long Number(SandboxColumn column, int precision, ulong hash, bool isExtreme)
    {
        var smallest = Limit(column.MinValue, precision);
        var largest = Limit(column.MaxValue, precision);
        if (isExtreme)
        {
            return (hash >> 40 & 1) == 0 ? smallest : largest;
        }

        var magnitude = (long)((Mixer.Mix(hash) >> 1) % ((ulong)largest + 1)) >> (int)(hash >> 16 & 31);
        var isNegative = smallest < 0 && (hash >> 21 & 7) == 0;
        return Math.Max(smallest, isNegative ? -magnitude : magnitude);
    }

    private static long Limit(long value, int precision) =>
        (long)Int128.Clamp((Int128)value * PowersOfTen.Of(precision), long.MinValue, long.MaxValue);

    private static Cell Time(SandboxColumn column, ulong hash, bool isExtreme)
    {
        var isLast = (hash >> 40 & 1) != 0;
        if (column.DateBehavior is SandboxDateBehavior.DateOnly)
        {
            var day = isExtreme
                ? (isLast ? LastDay : FirstDay)
                : DaysBegin + (Mixer.Below(hash, 48_000) * TimeSpan.TicksPerDay);
            return new Cell(CellKind.Day, day);
        }

        var ticks = isExtreme
            ? (isLast ? LastTime : FirstDay)
            : TimesBegin + (Mixer.Below(hash, 900_000_000) * TimeSpan.TicksPerSecond);
        var isWallClock = column.DateBehavior is SandboxDateBehavior.TimeZoneIndependent;
        return new Cell(isWallClock ? CellKind.WallClock : CellKind.Instant, ticks);
    }

    /// <summary>Most records are in the first state.</summary>
    private static Cell State(SandboxColumn column, ulong hash) =>
        (hash >> 40 & 7) != 0 && column.Options.Count > 0
            ? new Cell(CellKind.Option, column.Options[0].Value)
            : Option(column.Options, hash);

    private static Cell Option(IReadOnlyList<SandboxOption> options, ulong hash) =>
        options.Count == 0 ? Cell.Null : new(CellKind.Option, options[Mixer.Below(hash, options.Count)].Value);

    /// <summary>One option at least, and rarely many.</summary>
    private static Cell SomeOptions(int options, ulong hash)
    {
        if (options == 0)
        {
            return Cell.Null;
        }

        var all = ulong.MaxValue >> (64 - options);
        var some = Mixer.Mix(hash) & Mixer.Mix(hash, 1) & all;
        return new Cell(CellKind.Options, (long)(some == 0 ? 1UL << Mixer.Below(hash, options) : some));
    }

    private static Cell Lookup(SandboxColumn column, ulong hash)
    {
        // Owners are listed user first, and mostly are one.
        var targets = column.TargetIndexes;
        if (targets.Length == 0)
        {
            return Cell.Null;
        }

        var choice = (int)(hash >> 8 & 15);
        var place = column.Type is not SandboxColumnType.Owner ? choice % targets.Length
            : choice == 0 ? targets.Length - 1
            : 0;
        var target = targets[place];
        return new Cell(CellKind.Lookup, Mixer.Below(hash, column.TargetRecords[place]), table: (short)target);
    }

    private static Cell FullName(SandboxTable table, SandboxColumn column, in SandboxRecord record)
    {
        var first = Draw(table, table.All[column.Sources[0]], record);
        var last = Draw(table, table.All[column.Sources[1]], record);
        var present = (first.Kind is CellKind.Text ? 1 : 0) + (last.Kind is CellKind.Text ? 2 : 0);
        return new Cell(CellKind.FullName, first.Number, (byte)present, second: last.Number);
    }

    private static Cell BaseAmount(SandboxTable table, SandboxColumn column, in SandboxRecord record)
    {
        var amount = Draw(table, table.All[column.Sources[0]], record);
        if (amount.Kind is CellKind.Null)
        {
            return amount;
        }

        var currency = Draw(table, table.All[column.Sources[1]], record);
        if (currency.Kind is not CellKind.Lookup)
        {
            return amount;
        }

        return new Cell(CellKind.Money, Currencies.ToBase(amount.Number, currency.Number), MoneyScale);
    }

    private static Cell ExchangeRate(SandboxTable table, SandboxColumn column, in SandboxRecord record)
    {
        var currency = Draw(table, table.All[column.Sources[0]], record);
        return currency.Kind is CellKind.Lookup
            ? new Cell(CellKind.Decimal, Currencies.RateOf(currency.Number), RateScale)
            : Cell.Null;
    }

    private static Cell Status(SandboxTable table, SandboxColumn column, in SandboxRecord record)
    {
        var state = Draw(table, table.All[column.Sources[0]], record).Number;
        var reasons = column.Options;
        var first = 0;
        while (first < reasons.Count && reasons[first].State != state)
        {
            first++;
        }

        if (first == reasons.Count)
        {
            return Option(reasons, Hash(column, record));
        }

        var count = 1;
        while (first + count < reasons.Count && reasons[first + count].State == state)
        {
            count++;
        }

        return new Cell(CellKind.Option, reasons[first + Mixer.Below(Hash(column, record), count)].Value);
    }

    private static Cell Owner(SandboxTable table, SandboxColumn column, in SandboxRecord record)
    {
        var owner = Draw(table, table.All[column.Sources[0]], record);
        return owner.Table == column.TargetIndexes[0] ? owner : Cell.Null;
    }
}

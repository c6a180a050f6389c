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
        ColumnRole.Drawn or ColumnRole.ModifiedBy => DrawHashed(column, Hash(column, record)),
        ColumnRole.PrimaryId => new Cell(CellKind.RecordId, record.Number, table: (short)table.Index),
        ColumnRole.VersionNumber => new Cell(CellKind.Integer, record.Version),
        ColumnRole.CreatedOn => new Cell(CellKind.Instant, record.CreatedOn.Ticks),
        ColumnRole.ModifiedOn => new Cell(CellKind.Instant, record.ModifiedOn.Ticks),
        ColumnRole.FullName => FullName(table, column, record),
        ColumnRole.BaseAmount => BaseAmount(table, column, record),
        ColumnRole.ExchangeRate => ExchangeRate(table, column, record),
        ColumnRole.Status => Status(table, column, record),
        ColumnRole.OwningUser => Owner(table, column, record, RecordIds.SystemUser),
        ColumnRole.OwningTeam => Owner(table, column, record, RecordIds.Team),
        ColumnRole.OwningBusinessUnit => new Cell(CellKind.Lookup, 0, table: RecordIds.BusinessUnit),
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
            SandboxColumnType.Integer => new Cell(CellKind.Integer, Number(column, 0, hash, isExtreme)),
            SandboxColumnType.Decimal => Scaled(CellKind.Decimal, column, hash, isExtreme),
            SandboxColumnType.Double => Scaled(CellKind.Double, column, hash, isExtreme),
            SandboxColumnType.Money => Money(column, hash, isExtreme),
            SandboxColumnType.DateTime => Time(column, hash, isExtreme),
            SandboxColumnType.Picklist => Option(column.Options, hash),
            SandboxColumnType.State => State(column, hash),
            SandboxColumnType.UniqueIdentifier => new Cell(CellKind.DrawnId, (long)hash),
            _ => Lookup(column, hash),
        };
    }

    private static Cell Scaled(CellKind kind, SandboxColumn column, ulong hash, bool isExtreme) =>
        new(kind, Number(column, column.Precision, hash, isExtreme), (byte)column.Precision);

    private static Cell Money(SandboxColumn column, ulong hash, bool isExtreme) => new(
        CellKind.Money,
        Number(column, column.Precision, hash, isExtreme) * (long)PowersOfTen.Of(MoneyScale - column.Precision),
        MoneyScale);

    /// <summary>A number of any magnitude within the column's limits, in units of its last digit.</summary>
    private static long Number(SandboxColumn column, int precision, ulong hash, bool isExtreme)
    {
        var smallest = column.MinValue * (long)PowersOfTen.Of(precision);
        var largest = column.MaxValue * (long)PowersOfTen.Of(precision);
        if (isExtreme)
        {
            return (hash >> 40 & 1) == 0 ? smallest : largest;
        }

        var magnitude = (long)((Mixer.Mix(hash) >> 1) % ((ulong)largest + 1)) >> (int)(hash >> 16 & 31);
        var isNegative = smallest < 0 && (hash >> 21 & 7) == 0;
        return Math.Max(smallest, isNegative ? -magnitude : magnitude);
    }

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
        (hash >> 40 & 7) != 0 ? new Cell(CellKind.Option, 0) : Option(column.Options, hash);

    private static Cell Option(IReadOnlyList<SandboxOption> options, ulong hash) =>
        new(CellKind.Option, options[Mixer.Below(hash, options.Count)].Value);

    private static Cell Lookup(SandboxColumn column, ulong hash)
    {
        // Owners are listed user first, and mostly are one.
        var targets = column.TargetIndexes;
        var choice = (int)(hash >> 8 & 15);
        var place = column.Type is not SandboxColumnType.Owner ? choice % targets.Length : choice == 0 ? 1 : 0;
        var target = targets[place];
        return new Cell(CellKind.Lookup, RecordIds.LookupNumber(target, hash), table: (short)target);
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
        return new Cell(CellKind.Money, Currencies.ToBase(amount.Number, currency.Number), MoneyScale);
    }

    private static Cell ExchangeRate(SandboxTable table, SandboxColumn column, in SandboxRecord record)
    {
        var currency = Draw(table, table.All[column.Sources[0]], record);
        return new Cell(CellKind.Decimal, Currencies.RateOf(currency.Number), RateScale);
    }

    private static Cell Status(SandboxTable table, SandboxColumn column, in SandboxRecord record)
    {
        var state = Draw(table, table.All[column.Sources[0]], record).Number;
        var reasons = column.Options;
        var first = 0;
        while (reasons[first].State != state)
        {
            first++;
        }

        var count = 1;
        while (first + count < reasons.Count && reasons[first + count].State == state)
        {
            count++;
        }

        return new Cell(CellKind.Option, reasons[first + Mixer.Below(Hash(column, record), count)].Value);
    }

    private static Cell Owner(SandboxTable table, SandboxColumn column, in SandboxRecord record, int ownerTable)
    {
        var owner = Draw(table, table.All[column.Sources[0]], record);
        return owner.Table == ownerTable ? owner : Cell.Null;
    }
}

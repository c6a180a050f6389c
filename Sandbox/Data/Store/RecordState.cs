namespace DataExport.Sandbox;

/// <summary>All that is kept of a record. Its values are drawn when they are asked for.</summary>
internal struct RecordState
{
    public long Version;

    /// <summary>Seconds since <see cref="RecordTime.Epoch"/>.</summary>
    public uint CreatedOn;

    public uint ModifiedOn;

    /// <summary>See <see cref="ColumnRevisions"/>; null until the first update.</summary>
    public ushort[]? Revisions;

    public bool IsAlive;
}

/// <summary>Times of records, which have whole seconds.</summary>
internal static class RecordTime
{
    public static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static uint ToSeconds(DateTimeOffset time) =>
        (uint)Math.Clamp((time.UtcTicks - Epoch.Ticks) / TimeSpan.TicksPerSecond, 0, uint.MaxValue);

    public static DateTime FromSeconds(uint seconds) => Epoch.AddTicks(seconds * TimeSpan.TicksPerSecond);
}
